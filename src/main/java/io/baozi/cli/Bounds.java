package io.baozi.cli;

import java.time.Duration;

/** What the options of commands on queues allow, as the protocol does. */
final class Bounds {
  /** Of a delay and of a ttl. */
  static final Duration LONGEST = Duration.ofDays(365);

  private static final Duration LONGEST_TTR = Duration.ofDays(7);

  /** Of a count: what JSON holds for sure. */
  static final long MOST = (1L << 53) - 1;

  /** Of what is not to be 0. */
  static final Duration LEAST = Duration.ofMillis(1);

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
      throw outOfRange(option, time, allowed);
    }
  }

  private static Failure outOfRange(String option, Duration time, String allowed) {
    return Failure.usage(
        "%s is %s, allowed are %s".formatted(option, Durations.spelt(time), allowed));
  }

  /** Refuses a delay that is given and out of its range. */
  static void requireDelay(String option, Duration delay) {
    requireUpTo(LONGEST, option, delay, "0 to 365d");
  }

  /** Refuses a ttr that is given and out of its range. */
  static void requireTtr(Duration ttr) {
    require("--ttr", ttr, LEAST, LONGEST_TTR, "1ms to 7d");
  }

  /** Refuses a ttl that is given and out of its range; 0 is for ever. */
  static void requireTtl(Duration ttl) {
    requireUpTo(LONGEST, "--ttl", ttl, "0 to 365d");
  }

  /** Refuses a time that is given and out of its range. */
  static void require(String option, Duration time, Duration min, Duration max, String allowed) {
    requireUpTo(max, option, time, allowed);
    if (time != null && time.compareTo(min) < 0) {
      throw outOfRange(option, time, allowed);
    }
  }
}
