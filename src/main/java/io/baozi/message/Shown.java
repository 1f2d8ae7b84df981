package io.baozi.message;

import io.baozi.frame.Json;

/** What a peer sent, as an error message may show it: short, on one line, well-formed. */
public final class Shown {
  private static final int LONGEST = 64;

  private Shown() {}

  /** A value of a header, text in quotes. */
  public static String value(Object value) {
    if (value instanceof String text) {
      return '"' + text(text) + '"';
    }
    if (value instanceof long[] integers) {
      return "an array of " + integers.length + " integers";
    }
    if (value instanceof Json json && json.isObject()) {
      return "an object";
    }
    if (value instanceof Json json && json.isArray()) {
      return "an array";
    }
    return text(String.valueOf(value));
  }

  /** Text without quotes: cut when long, what cannot be printed replaced. */
  public static String text(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .map(c -> Character.isISOControl(c) || isSurrogate(c) ? '\uFFFD' : c)
        .forEach(shown::appendCodePoint);
    return text.codePointCount(0, text.length()) > LONGEST ? shown + "..." : shown.toString();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
