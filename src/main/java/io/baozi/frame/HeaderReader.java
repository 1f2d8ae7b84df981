package io.baozi.frame;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Reads one header; keeps what it does not need to understand as bytes. */
final class HeaderReader {
  /** From this many keys on, a set finds the ones that stand twice. */
  private static final int MANY_KEYS = 24;

  private final byte[] utf8;
  private final JsonParser parser;
  private Object[] entries = new Object[16];
  private int end;
  private int keys;
  private boolean sized;
  private long size;
  private Set<String> seen;

  /** Keys whose value is null: absent, but they may not stand twice either. */
  private Set<String> nulls;

  private HeaderReader(byte[] utf8, JsonParser parser) {
    this.utf8 = utf8;
    this.parser = parser;
  }

  static Header read(byte[] utf8) throws MalformedHeaderException {
    requireUtf8(utf8);
    try (JsonParser parser = JsonFormat.FACTORY.createParser(utf8)) {
      return new HeaderReader(utf8, parser).object();
    } catch (JacksonException e) {
      throw new MalformedHeaderException("the header is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireUtf8(byte[] bytes) throws MalformedHeaderException {
    int all = 0;
    for (byte b : bytes) {
      all |= b;
    }
    if (all < 0) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      } catch (CharacterCodingException e) {
        throw new MalformedHeaderException("the header is not UTF-8");
      }
    }
  }

  private Header object() throws IOException, MalformedHeaderException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedHeaderException("the header is not a JSON object");
    }
    String key;
    while ((key = parser.nextFieldName()) != null) {
      JsonToken token = parser.nextToken();
      if (key.equals("size")) {
        size = size(token);
      } else {
        add(key, value(token));
      }
    }
    if (parser.nextToken() != null) {
      throw new MalformedHeaderException("the header goes on after the end of its object");
    }
    return new Header(end == entries.length ? entries : Arrays.copyOf(entries, end), size);
  }

  private long size(JsonToken token) throws IOException, MalformedHeaderException {
    if (sized) {
      throw duplicate("size");
    }
    sized = true;
    if (token == JsonToken.VALUE_NUMBER_INT && isLong()) {
      long value = parser.getLongValue();
      if (value >= 0 && value <= Header.MAX_INTEGER) {
        return value;
      }
    }
    String shown = token.isScalarValue() ? parser.getText() : token.asString();
    throw new MalformedHeaderException(
        "size is "
            + (shown.length() > 40 ? shown.substring(0, 40) + "..." : shown)
            + (token == JsonToken.VALUE_STRING ? " (a string)" : "")
            + ", allowed is an integer from 0 to 2^53-1");
  }

  private boolean isLong() throws IOException {
    return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
  }

  private void add(String key, Object value) throws MalformedHeaderException {
    requireNew(key);
    keys++;
    if (value == null) {
      nulls = nulls == null ? new HashSet<>() : nulls;
      nulls.add(key);
      return;
    }
    if (end == entries.length) {
      entries = Arrays.copyOf(entries, end * 2);
    }
    entries[end++] = key;
    entries[end++] = value;
  }

  private void requireNew(String key) throws MalformedHeaderException {
    if (keys >= MANY_KEYS) {
      if (seen == null) {
        seen = new HashSet<>(nulls == null ? Set.of() : nulls);
        for (int i = 0; i < end; i += 2) {
          seen.add((String) entries[i]);
        }
      }
      if (!seen.add(key)) {
        throw duplicate(key);
      }
      return;
    }
    for (int i = 0; i < end; i += 2) {
      if (entries[i].equals(key)) {
        throw duplicate(key);
      }
    }
    if (nulls != null && nulls.contains(key)) {
      throw duplicate(key);
    }
  }

  private static MalformedHeaderException duplicate(String key) {
    String shown = key.length() > 40 ? key.substring(0, 40) + "..." : key;
    return new MalformedHeaderException("the key \"" + shown + "\" stands twice in the header");
  }

  private Object value(JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> isLong() ? (Object) parser.getLongValue() : number();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case START_ARRAY -> array();
      case START_OBJECT -> object(tokenStart());
      case VALUE_NUMBER_FLOAT -> number();
      default -> throw new IllegalStateException("no value starts with " + token);
    };
  }

  private Json object(int start) throws IOException {
    parser.skipChildren();
    return slice(start);
  }

  /** Integers, as most arrays are, or the bytes of the array. */
  private Object array() throws IOException {
    int start = tokenStart();
    long[] integers = new long[8];
    int count = 0;
    JsonToken token;
    while ((token = parser.nextToken()) == JsonToken.VALUE_NUMBER_INT && isLong()) {
      if (count == integers.length) {
        integers = Arrays.copyOf(integers, count * 2);
      }
      integers[count++] = parser.getLongValue();
    }
    if (token == JsonToken.END_ARRAY) {
      return Arrays.copyOf(integers, count);
    }
    while (token != JsonToken.END_ARRAY) {
      parser.skipChildren();
      token = parser.nextToken();
    }
    return slice(start);
  }

  /** The number at hand, which is read to its end by asking for its text. */
  private Json number() throws IOException {
    return Json.trusted(parser.getText().getBytes(StandardCharsets.US_ASCII));
  }

  private int tokenStart() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  private Json slice(int start) {
    int stop = (int) parser.currentLocation().getByteOffset();
    return Json.trusted(Arrays.copyOfRange(utf8, start, stop));
  }
}
