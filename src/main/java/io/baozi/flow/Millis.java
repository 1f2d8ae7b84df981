package io.baozi.flow;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as settings have them: integers, in milliseconds, or texts with a unit. */
final class Millis {
  /** How else than as an integer a duration is written, as the end of a sentence. */
  static final String OTHERWISE = ", or text such as \"500ms\", \"30s\", \"2m\", \"1h\", \"7d\"";

  private static final Pattern TEXT = Pattern.compile("(\\d{1,10})(ms|s|m|h|d)");

  private Millis() {}

  /** The milliseconds that a value says; none if it is no duration. */
  static OptionalLong of(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return OptionalLong.of(((Number) value).longValue());
    }
    Matcher text = TEXT.matcher(value instanceof String written ? written : "");
    return text.matches()
        ? OptionalLong.of(Long.parseLong(text.group(1)) * in(text.group(2)))
        : OptionalLong.empty();
  }

  private static long in(String unit) {
    return switch (unit) {
      case "s" -> 1000;
      case "m" -> 60 * 1000;
      case "h" -> 60 * 60 * 1000;
      case "d" -> 24 * 60 * 60 * 1000;
      default -> 1;
    };
  }
}
