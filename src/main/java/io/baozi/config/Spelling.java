package io.baozi.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Pattern;

/** Values and keys as a page or a terminal may print them. */
final class Spelling {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

  private Spelling() {}

  /** A plain value as JSON, or as its own text where JSON has none for it. */
  static String of(Object value) {
    try {
      return printable(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      return printable(String.valueOf(value));
    }
  }

  /** The text with its control characters escaped. */
  static String printable(String text) {
    return CONTROL
        .matcher(text)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }
}
