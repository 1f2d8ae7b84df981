package io.baozi.bus;

import io.baozi.frame.FrameLimits;
import java.time.Duration;
import java.util.Objects;

/**
 * What clients may ask of the bridge to the event bus.
 *
 * @param frames {@code maxMessage} bounds bodies both ways, {@code maxHeader} the headers of what
 *     consumers say
 * @param longestWait that a request may name, and has if it names none; a millisecond or more
 * @param maxSubscriptions of one connection at once, 1 or more
 * @param maxUnread bytes of pushes that one connection may have left to read, 1 or more; past it
 *     its pushes are dropped
 * @param memory bytes of pushes and replies that all connections together may have left to read, 1
 *     or more
 */
public record BridgeLimits(
    FrameLimits frames, Duration longestWait, int maxSubscriptions, long maxUnread, long memory) {
  public BridgeLimits {
    Objects.requireNonNull(frames, "frames");
    requirePositive("longestWait", longestWait.toMillis());
    requirePositive("maxSubscriptions", maxSubscriptions);
    requirePositive("maxUnread", maxUnread);
    requirePositive("memory", memory);
  }

  /** A wait of a year, 1024 subscriptions and 4 MiB to read for each connection. */
  public static BridgeLimits of(FrameLimits frames, long memory) {
    return new BridgeLimits(frames, Duration.ofDays(365), 1024, 4L * 1024 * 1024, memory);
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " is " + value + ", it must be positive");
    }
  }
}
