package io.baozi.cli;

import java.time.Duration;
import java.util.Locale;

/** Figures as a person reads them at a glance. */
final class Units {
  private static final int MOST_DIGITS = 10_000_000;

  private Units() {}

  /** A count, in full up to seven digits. */
  static String count(long count) {
    return count < MOST_DIGITS
        ? "" + count
        : scaled((double) count, 1000, "k", "M", "G", "T", "P", "E");
  }

  /** A rate, with a tenth where that tells something. */
  static String rate(double rate) {
    return rate < 100 && rate != Math.rint(rate)
        ? String.format(Locale.ROOT, "%.1f", rate)
        : count(Math.round(rate));
  }

  /** Bytes, in powers of 1024. */
  static String bytes(long bytes) {
    return bytes < 1024
        ? bytes + " B"
        : scaled((double) bytes, 1024, " KiB", " MiB", " GiB", " TiB", " PiB", " EiB");
  }

  private static String scaled(double value, int step, String... units) {
    double scaled = value / step;
    int unit = 0;
    while (scaled >= step && unit < units.length - 1) {
      scaled /= step;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f%s", scaled, units[unit]);
  }

  /** Milliseconds, in the two largest units that they fill. */
  static String age(long millis) {
    Duration age = Duration.ofMillis(millis);
    if (age.toSeconds() < 1) {
      return millis + "ms";
    }
    if (age.toMinutes() < 1) {
      return String.format(Locale.ROOT, "%.1fs", Math.floor(millis / 100.0) / 10);
    }
    if (age.toHours() < 1) {
      return "%dm%02ds".formatted(age.toMinutes(), age.toSecondsPart());
    }
    return age.toDays() < 1
        ? "%dh%02dm".formatted(age.toHours(), age.toMinutesPart())
        : "%dd%02dh".formatted(age.toDays(), age.toHoursPart());
  }
}
