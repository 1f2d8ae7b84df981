package io.baozi.cli;

import io.baozi.client.ClientOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as they are written on a command line: {@code 500ms}, {@code 1.5s}, {@code 2m}. */
final class Durations {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");

  /** From the largest. */
  private static final List<String> UNITS = List.of("d", "h", "m", "s");

  /** The protocol allows no longer wait, but for one without end. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private Durations() {}

  /** Reads a duration; {@code 0} needs no unit, {@code forever} is the client's. */
  static Duration parse(String text) {
    if (text.equals("forever")) {
      return ClientOptions.FOREVER;
    }
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw Failure.usage(
          "'" + text + "' is not a duration; write 500ms, 2s, 1m, 1h or 1d, with its unit");
    }
    BigDecimal nanos = new BigDecimal(parts.group(1)).multiply(nanosIn(parts.group(2)));
    if (nanos.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) > 0) {
      throw Failure.usage("'" + text + "' is too long; the longest is 365d, or forever for a wait");
    }
    return Duration.ofNanos(nanos.longValue());
  }

  private static BigDecimal nanosIn(String unit) {
    Duration one =
        switch (unit) {
          case "ms" -> Duration.ofMillis(1);
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          case "h" -> Duration.ofHours(1);
          default -> Duration.ofDays(1);
        };
    return BigDecimal.valueOf(one.toNanos());
  }

  /** As one would write it: in the largest unit that it fills without a rest. */
  static String spelt(Duration duration) {
    if (duration.isZero()) {
      return "0";
    }
    if (duration.equals(ClientOptions.FOREVER)) {
      return "forever";
    }
    if (duration.toNanosPart() % 1_000_000 != 0) {
      return BigDecimal.valueOf(duration.toNanos(), 6).stripTrailingZeros().toPlainString() + "ms";
    }
    long millis = duration.toMillis();
    for (String unit : UNITS) {
      long one = nanosIn(unit).longValueExact() / 1_000_000;
      if (millis % one == 0) {
        return millis / one + unit;
      }
    }
    return millis + "ms";
  }

  /** Milliseconds with three digits behind the point. */
  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
  }

  /** Seconds, or milliseconds below one. */
  static String text(Duration duration) {
    BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3);
    return seconds.compareTo(BigDecimal.ONE) < 0
        ? duration.toMillis() + " ms"
        : seconds.stripTrailingZeros().toPlainString() + " s";
  }
}
