package io.baozi.broker.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LineTest {
  private final Alarms alarms = new Alarms();
  private final Line line = new Line();
  private final List<String> events = new ArrayList<>();

  @Test
  void line_several_servesFirstComeFirstServed() {
    Named a = join("a");
    join("b");
    a.end(Ending.GRANTED, alarms, 0);
    assertThat(((Named) line.first()).name).isEqualTo("b");
    assertThat(line.size()).isEqualTo(1);
  }

  @Test
  void add_whoWaitsHereAlready_isRefused() {
    Named a = join("a");
    assertThatThrownBy(() -> line.add(a)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void end_second_isRefused() {
    Named a = join("a");
    a.end(Ending.GRANTED, alarms, 0);
    assertThatThrownBy(() -> a.end(Ending.CANCELLED, alarms, 0))
        .isInstanceOf(IllegalStateException.class);
    assertThat(events).containsExactly("a GRANTED");
  }

  @Test
  void end_granted_cancelsTheAlarmAndDoesNotCountAsLeaving() {
    Named a = join("a");
    alarms.set(a, 10);
    a.end(Ending.GRANTED, alarms, 5);
    alarms.ring(10);
    assertThat(events).containsExactly("a GRANTED");
  }

  @Test
  void end_withoutAGrant_looksAfterThoseBehind() {
    Named a = join("a");
    a.end(Ending.TIMED_OUT, alarms, 5);
    assertThat(events).containsExactly("a TIMED_OUT", "a left", "a lets others go on");
    assertThat(line.isEmpty()).isTrue();
  }

  @Test
  void end_neverWaited_tellsAllTheSame() {
    Named a = new Named("a");
    a.end(Ending.TIMED_OUT, alarms, 5);
    assertThat(events).containsExactly("a TIMED_OUT", "a left", "a lets others go on");
    assertThat(a.hasEnded()).isTrue();
  }

  @Test
  void endAll_severalWaiters_allHaveLeftBeforeThoseBehindAreLookedAfter() {
    List<Named> both = List.of(join("a"), join("b"));
    Waiter.endAll(both, Ending.CANCELLED, alarms, 5);
    assertThat(events)
        .containsExactly(
            "a CANCELLED",
            "b CANCELLED",
            "a left",
            "b left",
            "a lets others go on",
            "b lets others go on");
  }

  @Test
  void end_waitsInSeveralLines_leavesAll() {
    Line other = new Line();
    join("before");
    Named a = join("a");
    other.add(a);
    a.end(Ending.GRANTED, alarms, 0);
    assertThat(line.size()).isEqualTo(1);
    assertThat(other.isEmpty()).isTrue();
    assertThat(a.isWaiting()).isFalse();
  }

  @Test
  void remove_waitsInSeveralLines_leavesThatOneOnly() {
    Line other = new Line();
    Named a = join("a");
    other.add(a);
    line.remove(a);
    assertThat(line.isEmpty()).isTrue();
    assertThat(other.first()).isSameAs(a);
    assertThat(a.isIn(line)).isFalse();
    assertThat(a.hasEnded()).isFalse();
    assertThatThrownBy(() -> line.remove(a)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void firstToEnd_several_letsTheNextBeFirst() {
    Named a = join("a");
    Named b = join("b");
    line.firstToEnd();
    assertThat(line.first()).isSameAs(b);
    assertThat(line.after(b)).isSameAs(a);
    assertThat(line.after(a)).isNull();
  }

  @Test
  void line_randomJoinsAndLeaves_isAsAList() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Line shuffled = new Line();
      List<Waiter> model = new ArrayList<>();
      for (int step = 0; step < 500; step++) {
        if (model.isEmpty() || random.nextInt(5) < 3) {
          Named waiter = new Named("w" + step);
          shuffled.add(waiter);
          model.add(waiter);
        } else {
          model.remove(random.nextInt(model.size())).end(Ending.GRANTED, alarms, 0);
        }
        assertThat(shuffled.size()).as("seed %d", seed).isEqualTo(model.size());
        assertThat(shuffled.first())
            .as("seed %d", seed)
            .isSameAs(model.isEmpty() ? null : model.get(0));
      }
    }
  }

  private Named join(String name) {
    Named waiter = new Named(name);
    line.add(waiter);
    return waiter;
  }

  private final class Named extends Waiter {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    protected void ring(long now) {
      end(Ending.TIMED_OUT, alarms, now);
    }

    @Override
    protected void ended(Ending ending, long now) {
      events.add(name + " " + ending);
    }

    @Override
    protected void left() {
      events.add(name + " left");
    }

    @Override
    protected void letOthersGoOn(long now) {
      events.add(name + " lets others go on");
    }
  }
}
