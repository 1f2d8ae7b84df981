package io.baozi.cli;

import java.time.Duration;

/** What the options of commands on queues allow, as the protocol does. */
final class Bounds {
  /** Of a delay and of a ttl. */
  static final Duration LONGEST = Duration.ofDays(365);

  private static final Duration LONGEST_TTR = Duration.ofDays(7);
  private static final Duration LEAST = Duration.ofMillis(1);

  private Bounds() {}

  /** Refuses a number that is given and out of its range. */
  static void require(String option, Number value, long min, long max) {
    if (value != null && (value.longValue() < min || value.longValue() > max)) {
      throw Failure.usage(
          max == Long.MAX_VALUE
              ? "%s is %s, allowed is %d or more".formatted(option, value, min)
              : "%s is %s, allowed are %d to %d".formatted(option, value, min, max));
    }
  }

  /** Refuses a time that is given and longer than this. */
  static void requireUpTo(Duration max, String option, Duration time, String allowed) {
    if (time != null && time.compareTo(max) > 0) {
      throw Failure.usage(option + " is out of range, allowed are " + allowed);
    }
  }

  /** Refuses a delay that is given and out of its range. */
  static void requireDelay(String option, Duration delay) {
    requireUpTo(LONGEST, option, delay, "0 to 365d");
  }

  /** Refuses a ttr that is given and out of its range. */
  static void requireTtr(Duration ttr) {
    requireLeast("--ttr", ttr, LONGEST_TTR, "1ms to 7d");
  }

  /** Refuses the ttl of a message that is given and out of its range. */
  static void requireTtl(Duration ttl) {
    requireLeast("--ttl", ttl, LONGEST, "1ms to 365d");
  }

  private static void requireLeast(String option, Duration time, Duration max, String allowed) {
    requireUpTo(max, option, time, allowed);
    if (time != null && time.compareTo(LEAST) < 0) {
      throw Failure.usage(option + " is out of range, allowed are " + allowed);
    }
  }
}
