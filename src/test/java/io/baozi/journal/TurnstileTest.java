package io.baozi.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TurnstileTest {
  private final Turnstile turnstile = new Turnstile();

  /** Begins something on another thread that has to wait there, and comes back once it does. */
  private static FutureTask<Void> waiting(Runnable action) {
    FutureTask<Void> task = new FutureTask<>(action, null);
    Thread thread = new Thread(task);
    thread.start();
    while (thread.getState() != Thread.State.WAITING && !task.isDone()) {
      Thread.onSpinWait();
    }
    assertThat(task.isDone()).as("did not wait").isFalse();
    return task;
  }

  @Test
  void enterWhenBack_away_letsInOnceItIsBack() throws Exception {
    turnstile.away(true);
    FutureTask<Void> entering = waiting(turnstile::enterWhenBack);
    turnstile.away(false);
    entering.get();
  }

  @Test
  void enterWhenBack_closedMeanwhile_letsIn() throws Exception {
    turnstile.away(true);
    FutureTask<Void> entering = waiting(turnstile::enterWhenBack);
    turnstile.close();
    entering.get();
  }

  @Test
  void enterWhenBack_closedAndAway_letsInAtOnce() {
    turnstile.close();
    turnstile.away(true);
    turnstile.enterWhenBack();
    assertThat(turnstile.isAway()).isFalse();
  }

  @Test
  void enterWhenBack_waiting_isNotInside() throws Exception {
    turnstile.away(true);
    FutureTask<Void> entering = waiting(turnstile::enterWhenBack);
    turnstile.alone(() -> turnstile.away(false));
    entering.get();
  }

  @Test
  void enter_away_letsInAtOnce() {
    turnstile.away(true);
    turnstile.enter();
    assertThat(turnstile.isAway()).isTrue();
  }

  @Test
  void alone_somebodyInside_waitsUntilThatOneLeaves() throws Exception {
    turnstile.enter();
    FutureTask<Void> alone = waiting(() -> turnstile.alone(() -> {}));
    turnstile.leave();
    alone.get();
  }

  @Test
  void enter_somebodyAlone_waitsUntilThatOneIsDone() throws Exception {
    FutureTask<?>[] entering = {null};
    turnstile.alone(() -> entering[0] = waiting(turnstile::enter));
    entering[0].get();
  }
}
