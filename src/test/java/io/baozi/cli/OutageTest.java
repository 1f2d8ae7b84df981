package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OutageTest {
  private static final long MOMENT = Outage.UNTIL_WORD.toNanos();

  private long now = -5;
  private int words;
  private final Outage outage = new Outage(() -> now, () -> words++);

  private void look(long later, boolean isThere, int expected) {
    now += later;
    outage.look(isThere);
    assertThat(words).isEqualTo(expected);
  }

  @Test
  void outage_ofAMoment_isToldOnceUntilTheServerWasBack() {
    look(MOMENT - 1, false, 0);
    look(1, false, 1);
    look(10 * MOMENT, false, 1);
    look(0, true, 1);
    look(MOMENT - 1, false, 1);
    look(1, false, 2);
  }

  @Test
  void outage_shorterThanAMoment_isNotTold() {
    look(MOMENT - 1, true, 0);
    look(MOMENT - 1, false, 0);
    look(0, true, 0);
    look(MOMENT - 1, false, 0);
  }

  @Test
  void outage_beforeTheServerIsWanted_doesNotCount() {
    now += 10 * MOMENT;
    outage.begin();
    look(MOMENT - 1, false, 0);
    look(1, false, 1);
    outage.begin();
    look(MOMENT, false, 1);
  }
}
