package io.baozi.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;

  @Test
  void next_askedInTime_isTheIntervalApart() {
    Pace pace = new Pace(100 * MS, 0);
    assertThat(pace.next(0)).isZero();
    assertThat(pace.next(0)).isEqualTo(100 * MS);
    assertThat(pace.next(130 * MS)).isEqualTo(70 * MS);
  }

  @Test
  void next_afterALittleDelay_makesUpForIt() {
    Pace pace = new Pace(100 * MS, 0);
    pace.next(0);
    assertThat(atOnce(pace, 550 * MS)).isEqualTo(5);
  }

  @Test
  void next_afterALongDelay_makesUpForOneSecondOnly() {
    Pace pace = new Pace(100 * MS, 0);
    pace.next(0);
    assertThat(atOnce(pace, 3600 * SECOND)).isEqualTo(11);
  }

  @Test
  void next_slowerThanOnceASecond_makesUpForOne() {
    Pace pace = new Pace(10 * SECOND, 0);
    pace.next(0);
    assertThat(pace.next(35 * SECOND)).isZero();
    assertThat(pace.next(35 * SECOND)).isEqualTo(9 * SECOND);
  }

  @Test
  void next_clockThatWrapsAround_goesOn() {
    Pace pace = new Pace(100 * MS, Long.MAX_VALUE);
    assertThat(pace.next(Long.MAX_VALUE)).isZero();
    assertThat(pace.next(Long.MAX_VALUE + 40 * MS)).isEqualTo(60 * MS);
  }

  private static int atOnce(Pace pace, long now) {
    int ticks = 0;
    while (pace.next(now) == 0) {
      ticks++;
    }
    return ticks;
  }
}
