package io.baozi.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TurnsTest {
  private static final long LONG = TimeUnit.HOURS.toNanos(1);

  private final Turns turns = new Turns();
  private long number;

  private void add(boolean force) {
    turns.add(new Turn(++number, List.of(new Entry.BodyGone(number)), force, 0));
  }

  private static List<Long> numbers(List<Turn> taken) {
    return taken.stream().map(Turn::number).toList();
  }

  /** Adds turns one after another, each once the taker waits, until it takes. */
  private List<Long> takenWhileAdding(Runnable... additions) throws Exception {
    FutureTask<List<Turn>> taking = new FutureTask<>(() -> turns.take(LONG));
    Thread taker = new Thread(taking);
    taker.start();
    for (Runnable addition : additions) {
      while (taker.getState() != Thread.State.TIMED_WAITING && !taking.isDone()) {
        Thread.onSpinWait();
      }
      addition.run();
    }
    return numbers(taking.get());
  }

  @Test
  void take_nothingExpected_returnsTheFirst() throws Exception {
    assertThat(takenWhileAdding(() -> add(true))).containsExactly(1L);
  }

  @Test
  void take_fewerThanExpected_waitsForTheRest() throws Exception {
    turns.expect(2, LONG);
    add(true);
    assertThat(takenWhileAdding(() -> add(true))).containsExactly(1L, 2L);
  }

  @Test
  void take_whatNobodyWaitsFor_isNotWhatWasExpected() throws Exception {
    turns.expect(1, LONG);
    add(false);
    assertThat(takenWhileAdding(() -> add(true))).containsExactly(1L, 2L);
  }

  @Test
  void take_asManyAsExpected_returnsAtOnce() {
    turns.expect(2, LONG);
    add(true);
    add(true);
    assertThat(numbers(turns.take(LONG))).containsExactly(1L, 2L);
  }

  @Test
  void take_momentIsOver_returnsWhatHasCome() {
    turns.expect(2, 1);
    add(true);
    assertThat(numbers(turns.take(LONG))).containsExactly(1L);
  }

  @Test
  void take_onceMore_expectsNothing() {
    turns.expect(2, LONG);
    add(true);
    add(true);
    turns.take(LONG);
    add(true);
    assertThat(numbers(turns.take(LONG))).containsExactly(3L);
  }

  @Test
  void take_closed_waitsForNoMore() {
    turns.expect(2, LONG);
    add(true);
    turns.close();
    assertThat(numbers(turns.take(LONG))).containsExactly(1L);
    assertThat(turns.isOver()).isTrue();
  }
}
