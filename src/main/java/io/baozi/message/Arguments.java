package io.baozi.message;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The arguments of a request, read from its header with types and ranges. Every method throws
 * {@link RefusedException} with {@code bad_request}, naming the argument, its value and what is
 * allowed.
 *
 * @param header as the frame had it
 */
public record Arguments(Header header) {
  private static final int LONGEST_NAME = 255;

  public Arguments {
    Objects.requireNonNull(header, "header");
  }

  /** Whether the argument is given. */
  public boolean has(String key) {
    return header.get(key) != null;
  }

  /**
   * The name of an object: 1 to 255 code points, no control characters (U+0000 to 001F, 007F to
   * 009F).
   */
  public String name(String key) {
    Object value = header.get(key);
    if (value == null) {
      throw badRequest(key + " is missing, it names the object");
    }
    if (!(value instanceof String name)) {
      throw wrong(key, value, "a string of 1 to 255 characters");
    }
    requireName(key, name);
    return name;
  }

  private static void requireName(String key, String name) {
    int length = name.codePointCount(0, name.length());
    if (length < 1 || length > LONGEST_NAME) {
      throw badRequest(
          key + " has " + length + " characters, a name has 1 to " + LONGEST_NAME + " code points");
    }
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      if (Character.isISOControl(c)
          || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
        throw badRequest(
            String.format(
                Locale.ROOT,
                "%s has U+%04X at character %d, a name has no control characters nor lone surrogates",
                key,
                c,
                name.codePointCount(0, i)));
      }
      i += Character.charCount(c);
    }
  }

  /** Names of objects, one or more; absent is null. */
  public List<String> names(String key) {
    List<Object> values = array(key, "an array of names");
    if (values == null) {
      return null;
    }
    if (values.isEmpty()) {
      throw badRequest(key + " is empty, it names one object or more");
    }
    List<String> names = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      String at = key + "[" + i + "]";
      if (!(values.get(i) instanceof String name)) {
        throw wrong(at, values.get(i), "a string of 1 to 255 characters");
      }
      requireName(at, name);
      names.add(name);
    }
    return names;
  }

  /** An array of texts of 1 to {@code most} code points, null for none; absent is null. */
  public List<String> textsOrNull(String key, int most) {
    List<Object> values = array(key, "an array of strings and null");
    if (values == null) {
      return null;
    }
    List<String> texts = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      texts.add(
          values.get(i) == null ? null : requireText(key + "[" + i + "]", values.get(i), most));
    }
    return texts;
  }

  /** A text of 1 to {@code most} code points; absent is null. */
  public String text(String key, int most) {
    Object value = header.get(key);
    return value == null ? null : requireText(key, value, most);
  }

  private static String requireText(String key, Object value, int most) {
    if (value instanceof String text) {
      int length = text.codePointCount(0, text.length());
      if (length >= 1 && length <= most) {
        return text;
      }
      throw badRequest(key + " has " + length + " characters, allowed are 1 to " + most);
    }
    throw wrong(key, value, "a string of 1 to " + most + " characters");
  }

  /** The elements of an array of whatever type; absent is null. */
  private List<Object> array(String key, String allowed) {
    Object value = header.get(key);
    if (value instanceof long[] integers) {
      return Arrays.stream(integers).<Object>mapToObj(Long::valueOf).toList();
    }
    if (value instanceof Json json && json.isArray()) {
      return Arrays.asList(json.as(Object[].class));
    }
    if (value == null) {
      return null;
    }
    throw wrong(key, value, allowed);
  }

  /** A text; absent is null. */
  public String text(String key) {
    Object value = header.get(key);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw wrong(key, value, "a string");
  }

  /** An integer from {@code min} to {@code max}; absent is {@code otherwise}. */
  public long integer(String key, long otherwise, long min, long max) {
    Object value = header.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Long integer && integer >= min && integer <= max) {
      return integer;
    }
    throw wrong(key, value, "an integer from " + min + " to " + max);
  }

  /** A duration in milliseconds from {@code min} to {@code max}; absent is {@code otherwise}. */
  public long millis(String key, long otherwise, long min, long max) {
    Object value = header.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Long millis && millis >= min && millis <= max) {
      return millis;
    }
    throw wrong(key, value, "an integer from " + min + " to " + max + " milliseconds");
  }

  /** True or false; absent is false. */
  public boolean flag(String key) {
    Object value = header.get(key);
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(key, value, "true or false");
  }

  /** An array of integers from {@code min} to {@code max}; absent is null. */
  public long[] integers(String key, long min, long max) {
    Object value = header.get(key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof long[] integers)) {
      throw wrong(key, value, "an array of integers");
    }
    for (int i = 0; i < integers.length; i++) {
      if (integers[i] < min || integers[i] > max) {
        throw wrong(key + "[" + i + "]", integers[i], "an integer from " + min + " to " + max);
      }
    }
    return integers;
  }

  /** An object, unread; absent is null. */
  public Json object(String key) {
    Object value = header.get(key);
    if (value == null || (value instanceof Json json && json.isObject())) {
      return (Json) value;
    }
    throw wrong(key, value, "an object");
  }

  private static RefusedException wrong(String key, Object value, String allowed) {
    return badRequest(key + " is " + Shown.value(value) + ", allowed is " + allowed);
  }
}
