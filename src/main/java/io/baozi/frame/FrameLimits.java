package io.baozi.frame;

import java.nio.ByteOrder;
import java.util.Objects;

/**
 * What a frame may announce.
 *
 * @param maxHeader longest header, in bytes, 2 to {@value #HEADER_CEILING}
 * @param maxMessage longest body that is kept whole, in bytes, 0 to 2^30; a larger one is skipped
 * @param byteOrder of the four bytes that announce the header's length
 */
public record FrameLimits(int maxHeader, int maxMessage, ByteOrder byteOrder) {
  /** The shortest header, {@code {}}. */
  public static final int MIN_HEADER = 2;

  /**
   * No configuration may allow a longer header, so that HTTP is always recognised, and TLS as good
   * as always.
   */
  public static final int HEADER_CEILING = 16 * 1024 * 1024;

  /** 64 KiB of header, 1 MiB of body, big-endian. */
  public static final FrameLimits DEFAULT =
      new FrameLimits(64 * 1024, 1024 * 1024, ByteOrder.BIG_ENDIAN);

  public FrameLimits {
    Objects.requireNonNull(byteOrder, "byteOrder");
    if (maxHeader < MIN_HEADER || maxHeader > HEADER_CEILING) {
      throw new IllegalArgumentException(
          "maxHeader is " + maxHeader + ", allowed are 2 to " + HEADER_CEILING);
    }
    if (maxMessage < 0 || maxMessage > 1 << 30) {
      throw new IllegalArgumentException("maxMessage is " + maxMessage + ", allowed are 0 to 2^30");
    }
  }
}
