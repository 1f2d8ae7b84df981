package io.baozi.frame;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class FrameLimitsTest {
  private static void limits(int maxHeader, int maxMessage) {
    assertThatNoException()
        .isThrownBy(() -> new FrameLimits(maxHeader, maxMessage, ByteOrder.BIG_ENDIAN));
  }

  private static void refused(int maxHeader, int maxMessage, String named) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameLimits(maxHeader, maxMessage, ByteOrder.BIG_ENDIAN))
        .withMessageContaining(named);
  }

  @Test
  void limits_atTheEndsOfTheirRanges_areAllowed() {
    limits(2, 0);
    limits(16 * 1024 * 1024, 1 << 30);
  }

  @Test
  void limits_outOfRange_areRefusedByName() {
    refused(1, 0, "maxHeader is 1");
    refused(16 * 1024 * 1024 + 1, 0, "maxHeader");
    refused(2, -1, "maxMessage is -1");
    refused(2, (1 << 30) + 1, "maxMessage");
  }
}
