package io.baozi.broker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ChanceTest {
  @Test
  void of_zero_isWhatSplitMix64SaysOfItsFirstSeed() {
    // The first two outputs of SplitMix64 from seed 0.
    assertThat(Chance.of(1, 0)).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(Chance.of(2, 0)).isEqualTo(0x6E789E6AA1B965F4L);
  }

  @Test
  void of_sameNumbers_isTheSame() {
    assertThat(Chance.of(12, 34)).isEqualTo(Chance.of(12, 34)).isNotEqualTo(Chance.of(34, 12));
  }

  @Test
  void unit_manyNumbers_isSpreadEvenlyFromZeroToOne() {
    int[] tenths = new int[10];
    for (int i = 0; i < 100_000; i++) {
      double unit = Chance.unit(i, 7);
      assertThat(unit).isBetween(0.0, Math.nextDown(1.0));
      tenths[(int) (unit * 10)]++;
    }
    assertThat(IntStream.of(tenths).allMatch(tenth -> tenth > 9_500 && tenth < 10_500)).isTrue();
  }

  @Test
  void unit_oneMessageTurnAfterTurn_differs() {
    Set<Double> drawn = new HashSet<>();
    for (int index = 0; index < 1000; index++) {
      drawn.add(Chance.unit(1, index));
    }
    assertThat(drawn).hasSize(1000);
  }
}
