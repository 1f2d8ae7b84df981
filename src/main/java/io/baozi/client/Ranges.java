package io.baozi.client;

import io.baozi.frame.Header;
import java.time.Duration;
import java.util.Objects;

/** What options allow; what is out of range throws at once, naming option, value and range. */
final class Ranges {
  /** The longest duration that every JSON library reads exactly, in milliseconds. */
  static final Duration LONGEST = Duration.ofMillis(Header.MAX_INTEGER);

  private static final Duration MILLISECOND = Duration.ofMillis(1);

  private static final Duration YEAR = Duration.ofDays(365);

  private Ranges() {}

  /** A wait: 0 or more, or {@link ClientOptions#FOREVER}; null is left to somebody else. */
  static void requireWait(String name, Duration wait) {
    if (wait != null && !wait.equals(ClientOptions.FOREVER)) {
      require(name, wait, Duration.ZERO, LONGEST);
    }
  }

  /** A duration of 0 or more; null is left to somebody else. */
  static void requireNotNegative(String name, Duration duration) {
    require(name, duration, Duration.ZERO, LONGEST);
  }

  /** A duration of a millisecond or more; null is left to somebody else. */
  static void requirePositive(String name, Duration duration) {
    require(name, duration, MILLISECOND, LONGEST);
  }

  /** How long something may make no progress: 1 ms to 365 days. */
  static void requirePatience(Duration patience) {
    require("patience", Objects.requireNonNull(patience, "patience"), MILLISECOND, YEAR);
  }

  /** A duration from {@code min} to {@code max}; null is left to somebody else. */
  static void require(String name, Duration duration, Duration min, Duration max) {
    if (duration != null && (duration.compareTo(min) < 0 || duration.compareTo(max) > 0)) {
      throw new IllegalArgumentException(
          name + " is " + duration + ", allowed are " + min + " to " + max);
    }
  }

  /** An integer from {@code min} to {@code max}; null is left to somebody else. */
  static void require(String name, Number value, long min, long max) {
    if (value != null && (value.longValue() < min || value.longValue() > max)) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed are " + min + " to " + max);
    }
  }

  /** As it goes on the wire: null for no limit, or if it is left to somebody else. */
  static Long millis(Duration duration) {
    return duration == null || duration.equals(ClientOptions.FOREVER) ? null : duration.toMillis();
  }
}
