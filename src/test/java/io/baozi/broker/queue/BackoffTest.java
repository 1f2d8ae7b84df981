package io.baozi.broker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final long HOUR = 3_600_000;
  private static final double EVEN = 0.5;

  @Test
  void delay_noBackoff_isNone() {
    assertThat(Backoff.delay(0, 1, 0.99)).isZero();
    assertThat(Backoff.delay(0, 1_000_000, 0.99)).isZero();
  }

  @Test
  void delay_eachAttempt_isTwiceTheOneBefore() {
    assertThat(Backoff.delay(100, 1, EVEN)).isEqualTo(100);
    assertThat(Backoff.delay(100, 2, EVEN)).isEqualTo(200);
    assertThat(Backoff.delay(100, 3, EVEN)).isEqualTo(400);
    assertThat(Backoff.delay(100, 10, EVEN)).isEqualTo(51_200);
  }

  @Test
  void delay_chance_makesItHalfToOneAndAHalf() {
    assertThat(Backoff.delay(100, 1, 0)).isEqualTo(50);
    assertThat(Backoff.delay(100, 1, 0.25)).isEqualTo(75);
    assertThat(Backoff.delay(1000, 1, Math.nextDown(1.0))).isBetween(1499L, 1500L);
  }

  @Test
  void delay_manyAttempts_endsAtAnHourBeforeChance() {
    assertThat(Backoff.delay(1, 22, EVEN)).isEqualTo(2_097_152);
    assertThat(Backoff.delay(1, 23, EVEN)).isEqualTo(HOUR);
    assertThat(Backoff.delay(1, 1_000_000, EVEN)).isEqualTo(HOUR);
    assertThat(Backoff.delay(1, Integer.MAX_VALUE, 0)).isEqualTo(HOUR / 2);
  }

  @Test
  void delay_hugeFirstDelay_endsAtAnHourWithoutOverflow() {
    assertThat(Backoff.delay(Long.MAX_VALUE, 1_000_000, EVEN)).isEqualTo(HOUR);
    assertThat(Backoff.delay(HOUR, 1, EVEN)).isEqualTo(HOUR);
  }
}
