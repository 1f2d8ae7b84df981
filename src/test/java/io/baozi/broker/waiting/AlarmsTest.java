package io.baozi.broker.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AlarmsTest {
  private final Alarms alarms = new Alarms();
  private final List<String> rung = new ArrayList<>();

  @Test
  void next_noneSet_isNever() {
    assertThat(alarms.next()).isEqualTo(Alarms.NEVER);
  }

  @Test
  void ring_severalDue_ringsTheEarliestFirstAndLeavesTheRest() {
    alarms.set(named("late"), 30);
    alarms.set(named("second"), 20);
    alarms.set(named("first"), 10);
    alarms.ring(20);
    assertThat(rung).containsExactly("first", "second");
    assertThat(alarms.next()).isEqualTo(30);
  }

  @Test
  void ring_dueAtOnce_ringsInTheOrderInWhichTheyWereSet() {
    alarms.set(named("a"), 5);
    alarms.set(named("b"), 5);
    alarms.set(named("c"), 5);
    alarms.ring(5);
    assertThat(rung).containsExactly("a", "b", "c");
  }

  @Test
  void cancel_setAlarm_neverRings() {
    Alarm alarm = named("never");
    alarms.set(alarm, 5);
    alarms.cancel(alarm);
    alarms.cancel(alarm);
    alarms.ring(10);
    assertThat(rung).isEmpty();
    assertThat(alarm.isSet()).isFalse();
  }

  @Test
  void set_again_movesTheAlarm() {
    Alarm alarm = named("moved");
    alarms.set(alarm, 5);
    alarms.set(alarm, 50);
    alarms.ring(49);
    assertThat(rung).isEmpty();
    alarms.ring(50);
    assertThat(rung).containsExactly("moved");
    assertThat(alarms.size()).isZero();
  }

  @Test
  void ring_alarmSetWhileRinging_ringsTooIfDue() {
    alarms.set(
        new Alarm() {
          @Override
          protected void ring(long now) {
            alarms.set(named("child"), now);
          }
        },
        1);
    alarms.ring(1);
    assertThat(rung).containsExactly("child");
  }

  @Test
  void alarms_randomSetsAndCancels_ringAsASortedListWould() {
    for (long seed = 0; seed < 200; seed++) {
      compare(seed);
    }
  }

  private static void compare(long seed) {
    Random random = new Random(seed);
    Alarms alarms = new Alarms();
    List<Integer> rung = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    List<long[]> model = new ArrayList<>(); // due, order, number
    List<Alarm> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int number = i;
      all.add(new Named(() -> rung.add(number)));
    }
    long now = 0;
    for (long step = 0; step < 1000; step++) {
      int number = random.nextInt(all.size());
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          long due = now + random.nextInt(40);
          alarms.set(all.get(number), due);
          model.removeIf(entry -> entry[2] == number);
          model.add(new long[] {due, step, number});
        }
        case 2 -> {
          alarms.cancel(all.get(number));
          model.removeIf(entry -> entry[2] == number);
        }
        default -> {
          now += random.nextInt(10);
          alarms.ring(now);
          model.sort(Comparator.<long[]>comparingLong(e -> e[0]).thenComparingLong(e -> e[1]));
          while (!model.isEmpty() && model.get(0)[0] <= now) {
            expected.add((int) model.remove(0)[2]);
          }
        }
      }
      long next = model.stream().mapToLong(entry -> entry[0]).min().orElse(Alarms.NEVER);
      assertThat(rung).as("seed %d, step %d", seed, step).isEqualTo(expected);
      assertThat(alarms.next()).as("seed %d, step %d", seed, step).isEqualTo(next);
      assertThat(alarms.size()).as("seed %d, step %d", seed, step).isEqualTo(model.size());
      rung.clear();
      expected.clear();
    }
  }

  private Alarm named(String name) {
    return new Named(() -> rung.add(name));
  }

  private static final class Named extends Alarm {
    private final Runnable action;

    Named(Runnable action) {
      this.action = action;
    }

    @Override
    protected void ring(long now) {
      action.run();
    }
  }
}
