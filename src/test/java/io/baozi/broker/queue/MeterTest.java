package io.baozi.broker.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class MeterTest {
  private static final long START = 5000;

  private final Meter meter = new Meter(START);

  @Test
  void rate_nothingHappened_isZero() {
    assertThat(meter.rate(START)).isZero();
    assertThat(meter.rate(START + 1_000_000)).isZero();
    assertThat(meter.count()).isZero();
  }

  @Test
  void rate_youngerThanASecond_isAsOverOneSecond() {
    mark(START, 10);
    assertThat(meter.rate(START + 1)).isEqualTo(10);
    assertThat(meter.rate(START + 1000)).isEqualTo(10);
  }

  @Test
  void rate_youngerThanTheWindow_isOverItsAge() {
    mark(START, 10);
    assertThat(meter.rate(START + 5000)).isEqualTo(2);
  }

  @Test
  void rate_steady_isThatRateWhateverTheMoment() {
    for (long at = START; at < START + 60_000; at += 100) {
      if (at >= START + 1000) {
        assertThat(meter.rate(at)).as("at %d", at).isCloseTo(10, within(0.001));
      }
      meter.mark(at);
    }
    assertThat(meter.count()).isEqualTo(600);
  }

  @Test
  void rate_stopped_fadesOverTheNextWindow() {
    mark(START + 9999, 100);
    assertThat(meter.rate(START + 10_000)).isEqualTo(10);
    assertThat(meter.rate(START + 15_000)).isEqualTo(5);
    assertThat(meter.rate(START + 20_000)).isZero();
    assertThat(meter.count()).isEqualTo(100);
  }

  @Test
  void rate_afterALongSilence_forgetsWhatWasBefore() {
    mark(START, 100);
    mark(START + 100_000, 10);
    assertThat(meter.rate(START + 100_000)).isEqualTo(1);
  }

  private void mark(long at, int times) {
    for (int i = 0; i < times; i++) {
      meter.mark(at);
    }
  }
}
