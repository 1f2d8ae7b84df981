package io.baozi.flow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;

/**
 * The settings of one verticle, read with types. What is wrong is an {@link
 * IllegalArgumentException} that names the key, its value and what is allowed.
 */
final class Keys {
  private final String place;
  private final JsonObject config;

  /**
   * Settings that may have these keys and no others.
   *
   * @param place where they stand, for errors
   */
  Keys(String place, JsonObject config, String... known) {
    this.place = place;
    this.config = config;
    for (String key : config.fieldNames()) {
      if (!List.of(known).contains(key)) {
        throw unknown(key, List.of(known));
      }
    }
  }

  private IllegalArgumentException unknown(String key, List<String> known) {
    return new IllegalArgumentException(
        place
            + " config."
            + key
            + " is unknown"
            + Nearest.to(key, known)
                .map(near -> ", did you mean " + near + '?')
                .orElse("; allowed are " + String.join(", ", known)));
  }

  /** A text of at least one character that must be there. */
  String text(String key) {
    String text = text(key, null);
    if (text == null) {
      throw new IllegalArgumentException(place + " config." + key + " is missing, it is a text");
    }
    if (text.isEmpty()) {
      throw refused(key, "is a text of at least one character");
    }
    return text;
  }

  /** A text, maybe empty. */
  String text(String key, String otherwise) {
    Object value = config.getValue(key);
    if (value == null || value instanceof String) {
      return value == null ? otherwise : (String) value;
    }
    throw refused(key, "is a text");
  }

  /** An integer in a range that must be there. */
  long integer(String key, long least, long most) {
    if (config.getValue(key) == null) {
      throw new IllegalArgumentException(
          place + " config." + key + " is missing, allowed are " + range(least, most));
    }
    return integer(key, least, least, most);
  }

  /** An integer in a range. */
  long integer(String key, long otherwise, long least, long most) {
    Object value = config.getValue(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Integer || value instanceof Long) {
      long integer = ((Number) value).longValue();
      if (integer >= least && integer <= most) {
        return integer;
      }
    }
    throw refused(key, "are " + range(least, most));
  }

  private static String range(long least, long most) {
    return most == Long.MAX_VALUE
        ? "integers from " + least
        : "integers from " + least + " to " + most;
  }

  /** A duration in milliseconds, in a range. */
  long millis(String key, long otherwise, long least, long most) {
    Object value = config.getValue(key);
    if (value == null) {
      return otherwise;
    }
    return Millis.of(value).stream()
        .filter(millis -> millis >= least && millis <= most)
        .findFirst()
        .orElseThrow(
            () ->
                refused(key, "are milliseconds from " + least + " to " + most + Millis.OTHERWISE));
  }

  /** A number in a range. */
  double decimal(String key, double otherwise, double least, double most) {
    Object value = config.getValue(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return number.doubleValue();
    }
    throw refused(key, "are numbers from " + plain(least) + " to " + plain(most));
  }

  private static String plain(double number) {
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }

  /** Yes or no. */
  boolean flag(String key, boolean otherwise) {
    Object value = config.getValue(key);
    if (value == null || value instanceof Boolean) {
      return value == null ? otherwise : (Boolean) value;
    }
    throw refused(key, "are true and false");
  }

  /** One text or more, the first not empty, that must be there. */
  List<String> texts(String key) {
    Object value = config.getValue(key);
    String allowed = "an array of texts, the first not empty";
    if (value == null) {
      throw new IllegalArgumentException(
          place + " config." + key + " is missing, it is " + allowed);
    }
    if (value instanceof JsonArray array
        && !array.isEmpty()
        && array.stream().allMatch(String.class::isInstance)
        && !array.getString(0).isEmpty()) {
      return array.stream().map(String.class::cast).toList();
    }
    throw refused(key, "is " + allowed);
  }

  private IllegalArgumentException refused(String key, String allowed) {
    Object value = config.getValue(key);
    String shown = value instanceof String ? "\"" + value + '"' : String.valueOf(value);
    return new IllegalArgumentException(
        place + " config." + key + " is " + shown + ", allowed " + allowed);
  }
}
