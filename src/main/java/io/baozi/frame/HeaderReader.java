package io.baozi.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Reads one header; keeps what it does not need to understand as bytes. */
final class HeaderReader {
  /** From this many keys on, a set finds the ones that stand twice. */
  private static final int MANY_KEYS = 24;

  private static final int LONGEST_SHOWN = 40;
  private static final long[] NO_INTEGERS = {};

  private final byte[] utf8;
  private final JsonScanner json;

  /** Keys at even places, their values behind them, null included. */
  private Object[] entries = new Object[12];

  private int end;
  private boolean hasNull;
  private boolean sized;
  private long size;

  /** All keys, once they are many. */
  private Set<String> seen;

  private HeaderReader(byte[] utf8, Words words) {
    this.utf8 = utf8;
    this.json = new JsonScanner(utf8, words);
  }

  /**
   * Reads a header.
   *
   * @param words that it may be made of; null if all of it is made anew
   */
  static Header read(byte[] utf8, Words words) throws MalformedHeaderException {
    return new HeaderReader(utf8, words).header();
  }

  private Header header() throws MalformedHeaderException {
    if (!json.take('{')) {
      throw new MalformedHeaderException("the header is not a JSON object");
    }
    if (!json.take('}')) {
      do {
        entry();
      } while (json.take(','));
      json.expect('}');
    }
    if (!json.isAtEnd()) {
      throw new MalformedHeaderException("the header goes on after the end of its object");
    }
    if (hasNull) {
      dropNulls();
    }
    return new Header(end == entries.length ? entries : Arrays.copyOf(entries, end), size);
  }

  private void entry() throws MalformedHeaderException {
    String key = json.string();
    json.expect(':');
    if (key.equals("size")) {
      size();
    } else {
      requireNew(key);
      add(key, value());
    }
  }

  private void size() throws MalformedHeaderException {
    if (sized) {
      throw duplicate("size");
    }
    sized = true;
    boolean isNumber = json.isAtNumber();
    int start = json.at();
    if (isNumber && json.number() && json.integer() >= 0 && json.integer() <= Header.MAX_INTEGER) {
      size = json.integer();
      return;
    }
    json.back(start);
    json.skipValue(1);
    throw new MalformedHeaderException(
        "size is "
            + shown(new String(utf8, start, json.at() - start, StandardCharsets.UTF_8))
            + ", allowed is an integer from 0 to 2^53-1");
  }

  private void add(String key, Object value) {
    hasNull |= value == null;
    if (end == entries.length) {
      entries = Arrays.copyOf(entries, end * 2);
    }
    entries[end++] = key;
    entries[end++] = value;
  }

  /** A null counts as absent, but its key may not stand twice either: so they go last. */
  private void dropNulls() {
    int kept = 0;
    for (int i = 0; i < end; i += 2) {
      if (entries[i + 1] != null) {
        entries[kept++] = entries[i];
        entries[kept++] = entries[i + 1];
      }
    }
    end = kept;
  }

  private void requireNew(String key) throws MalformedHeaderException {
    if (seen == null && end >= 2 * MANY_KEYS) {
      seen = new HashSet<>();
      for (int i = 0; i < end; i += 2) {
        seen.add((String) entries[i]);
      }
    }
    if (seen == null ? isAmongEntries(key) : !seen.add(key)) {
      throw duplicate(key);
    }
  }

  private boolean isAmongEntries(String key) {
    for (int i = 0; i < end; i += 2) {
      if (entries[i].equals(key)) {
        return true;
      }
    }
    return false;
  }

  private static MalformedHeaderException duplicate(String key) {
    return new MalformedHeaderException(
        "the key \"" + shown(key) + "\" stands twice in the header");
  }

  /** What the peer wrote, short and on one line. */
  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_SHOWN)
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
        .forEach(shown::appendCodePoint);
    return text.codePointCount(0, text.length()) > LONGEST_SHOWN ? shown + "..." : shown.toString();
  }

  private Object value() throws MalformedHeaderException {
    return switch (json.peek()) {
      case '"' -> json.string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", null);
      case '[' -> array();
      case '{' -> unread(json.at());
      default -> number();
    };
  }

  private Object literal(String word, Boolean value) throws MalformedHeaderException {
    json.literal(word);
    return value;
  }

  /** Integers, as most arrays are, or the bytes of the array. */
  private Object array() throws MalformedHeaderException {
    int start = json.at();
    json.expect('[');
    if (json.take(']')) {
      return NO_INTEGERS;
    }
    long[] integers = new long[8];
    int count = 0;
    do {
      if (!json.isAtNumber() || !json.number()) {
        return unread(start);
      }
      if (count == integers.length) {
        integers = Arrays.copyOf(integers, count * 2);
      }
      integers[count++] = json.integer();
    } while (json.take(','));
    json.expect(']');
    return Arrays.copyOf(integers, count);
  }

  private Object number() throws MalformedHeaderException {
    int start = json.at();
    return json.number() ? (Object) json.integer() : slice(start);
  }

  /** The value that starts here, as its bytes. */
  private Json unread(int start) throws MalformedHeaderException {
    json.back(start);
    json.skipValue(1);
    return slice(start);
  }

  private Json slice(int start) {
    return Json.trusted(Arrays.copyOfRange(utf8, start, json.at()));
  }
}
