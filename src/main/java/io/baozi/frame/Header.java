package io.baozi.frame;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The header of a frame: a JSON object, in the order of its keys, without its {@code size}, which
 * the frame's body has. Immutable.
 *
 * <p>A value is a {@link String}, a {@link Long}, a {@link Boolean}, a {@code long[]} (an array of
 * integers, which nobody may change) or a {@link Json} (any other value, unread). A {@code null}
 * counts as absent.
 */
public final class Header {
  /** The largest integer that every JSON library reads exactly, 2^53-1. */
  public static final long MAX_INTEGER = (1L << 53) - 1;

  /** A header without keys. */
  public static final Header EMPTY = new Header(new Object[0], 0);

  /** Keys at even places, their values behind them. */
  private final Object[] entries;

  private final long size;

  Header(Object[] entries, long size) {
    this.entries = entries;
    this.size = size;
  }

  /**
   * A header of these keys and values in turn; a value that is null is left out.
   *
   * @param keysAndValues taken over: whoever passes an array does not touch it again
   * @throws IllegalArgumentException if a key is no text, is {@code size} or stands twice, or if a
   *     value is of no type that a header has
   */
  public static Header of(Object... keysAndValues) {
    return of(keysAndValues, 0, 0);
  }

  /**
   * This header with these keys and values in turn behind its own.
   *
   * @throws IllegalArgumentException as {@link #of} does
   */
  public Header with(Object... keysAndValues) {
    Object[] joined = Arrays.copyOf(entries, entries.length + keysAndValues.length);
    System.arraycopy(keysAndValues, 0, joined, entries.length, keysAndValues.length);
    return of(joined, entries.length, size);
  }

  /** The entries up to {@code known} are checked already. */
  private static Header of(Object[] entries, int known, long size) {
    if (entries.length % 2 != 0) {
      throw new IllegalArgumentException("a key without value");
    }
    int end = known;
    for (int i = known; i < entries.length; i += 2) {
      String key = requireNew(entries, end, entries[i]);
      Object value = accepted(entries[i + 1]);
      if (value != null) {
        entries[end++] = key;
        entries[end++] = value;
      }
    }
    return new Header(end == entries.length ? entries : Arrays.copyOf(entries, end), size);
  }

  private static String requireNew(Object[] entries, int end, Object key) {
    if (!(key instanceof String name) || name.equals("size") || value(entries, end, name) != null) {
      throw new IllegalArgumentException("no key for a header, or no second time: " + key);
    }
    return name;
  }

  private static Object accepted(Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof long[]
        || value instanceof Json) {
      return value;
    }
    if (value instanceof Integer integer) {
      return integer.longValue();
    }
    throw new IllegalArgumentException("a header has no " + value.getClass().getName());
  }

  /**
   * Reads a header.
   *
   * @param utf8 all its bytes
   * @throws MalformedHeaderException if they are not one JSON object in UTF-8, a key stands twice
   *     in it, or its {@code size} is not an integer from 0 to 2^53-1
   */
  public static Header parse(byte[] utf8) throws MalformedHeaderException {
    return HeaderReader.read(utf8, null);
  }

  /** The length in bytes of the body that the frame announces behind this header. */
  public long size() {
    return size;
  }

  /** The same header, as one that announces a body of this many bytes. */
  public Header withSize(long size) {
    if (size < 0 || size > MAX_INTEGER) {
      throw new IllegalArgumentException("size is " + size + ", allowed are 0 to 2^53-1");
    }
    return new Header(entries, size);
  }

  /** The value under a key, null if it is absent. */
  public Object get(String key) {
    return value(entries, entries.length, key);
  }

  private static Object value(Object[] entries, int end, String key) {
    for (int i = 0; i < end; i += 2) {
      if (entries[i].equals(key)) {
        return entries[i + 1];
      }
    }
    return null;
  }

  /** The text under a key, null if it is absent or no text. */
  public String text(String key) {
    return get(key) instanceof String text ? text : null;
  }

  /** The keys, in order. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>(entries.length / 2);
    for (int i = 0; i < entries.length; i += 2) {
      keys.add((String) entries[i]);
    }
    return keys;
  }

  Object[] entries() {
    return entries;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Header header
        && size == header.size
        && Arrays.deepEquals(entries, header.entries);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(entries);
  }

  /** The header as one JSON value, to be read as a record. */
  public Json json() {
    return Json.trusted(HeaderWriter.object(this));
  }

  /** The header as JSON, for a log. */
  @Override
  public String toString() {
    return new String(HeaderWriter.object(this), StandardCharsets.UTF_8);
  }
}
