package io.baozi.frame;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes apart and puts together JSON that was read before, in time linear to its length: what it
 * does not look at stays the bytes it was written in.
 */
final class JsonParts {
  private final byte[] utf8;
  private final JsonScanner json;

  private JsonParts(byte[] utf8) {
    this.utf8 = utf8;
    this.json = new JsonScanner(utf8);
  }

  /** The value under a key of an object, the last if it stands there twice; null if it does not. */
  static Json value(byte[] object, String key) {
    return read(new JsonParts(object), parts -> parts.value(key));
  }

  /** An object with a key set to a value. */
  static Json with(byte[] object, String key, Json value) {
    return read(new JsonParts(object), parts -> parts.with(key, value));
  }

  /** The elements of an array. */
  static List<Json> elements(byte[] array) {
    return read(new JsonParts(array), JsonParts::elements);
  }

  /** What reads the parts. */
  @FunctionalInterface
  private interface Reading<T> {
    T read(JsonParts parts) throws MalformedHeaderException;
  }

  private static <T> T read(JsonParts parts, Reading<T> reading) {
    try {
      return reading.read(parts);
    } catch (MalformedHeaderException e) {
      throw new IllegalStateException("these bytes were read before", e);
    }
  }

  private Json value(String key) throws MalformedHeaderException {
    Json found = null;
    json.expect('{');
    if (json.take('}')) {
      return null;
    }
    do {
      boolean isIt = json.string().equals(key);
      json.expect(':');
      json.peek();
      int start = json.at();
      json.skipValue(1);
      if (isIt) {
        found = slice(start);
      }
    } while (json.take(','));
    return found;
  }

  private Json with(String key, Json value) throws MalformedHeaderException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(utf8.length + value.length() + 64);
    out.write('{');
    json.expect('{');
    if (!json.take('}')) {
      do {
        json.peek();
        int start = json.at();
        boolean stays = !json.string().equals(key);
        json.expect(':');
        json.skipValue(1);
        if (stays) {
          out.write(utf8, start, json.at() - start);
          out.write(',');
        }
      } while (json.take(','));
    }
    out.writeBytes(Json.of(key).utf8());
    out.write(':');
    out.writeBytes(value.utf8());
    out.write('}');
    return Json.trusted(out.toByteArray());
  }

  private List<Json> elements() throws MalformedHeaderException {
    List<Json> elements = new ArrayList<>();
    json.expect('[');
    if (json.take(']')) {
      return elements;
    }
    do {
      json.peek();
      int start = json.at();
      json.skipValue(1);
      elements.add(slice(start));
    } while (json.take(','));
    return elements;
  }

  private Json slice(int start) {
    return Json.trusted(Arrays.copyOfRange(utf8, start, json.at()));
  }
}
