package io.baozi.frame;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A JSON value kept as the bytes it was written in: whoever only passes it on need not read it.
 * Immutable.
 */
public final class Json {
  /** A number of more digits than a header may have is none that was read before. */
  private static final int LONGEST_NUMBER = 1 << 24;

  /** Names are not kept in a table shared by all, since they come from peers. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNumberLength(LONGEST_NUMBER).build())
                  .build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final byte[] utf8;

  private Json(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** Writes a value that Jackson knows how to write: maps, lists, numbers, strings, records. */
  public static Json of(Object value) {
    try {
      return new Json(MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON for a " + value.getClass().getName(), e);
    }
  }

  /** An array of objects. */
  public static Json array(Header... objects) {
    return trusted(HeaderWriter.array(objects));
  }

  /** Takes bytes that are known to be one JSON value; they are not copied. */
  static Json trusted(byte[] utf8) {
    return new Json(utf8);
  }

  /** The length in bytes. */
  public int length() {
    return utf8.length;
  }

  /** Whether this is an object, and not an array or a number. */
  public boolean isObject() {
    return utf8[0] == '{';
  }

  /** Whether this is an array. */
  public boolean isArray() {
    return utf8[0] == '[';
  }

  /**
   * The value read as a {@code type}, for example {@code Map.class} or a record; keys that a record
   * does not have are ignored.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public <T> T as(Class<T> type) {
    try {
      return MAPPER.readValue(utf8, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * This object with a key set to a value, all else as it was written.
   *
   * @throws IllegalStateException if this is no object
   */
  public Json with(String key, Json value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(utf8.length + value.utf8.length + 16);
    try (JsonParser parser = MAPPER.createParser(utf8);
        JsonGenerator generator = MAPPER.createGenerator(out)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalStateException("no object has no keys");
      }
      generator.writeStartObject();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (name.equals(key)) {
          parser.skipChildren();
        } else {
          generator.writeFieldName(name);
          generator.copyCurrentStructureExact(parser);
        }
      }
      generator.writeFieldName(key);
      generator.writeRawValue(value.toString());
      generator.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("these bytes were read before", e);
    }
    return new Json(out.toByteArray());
  }

  byte[] utf8() {
    return utf8;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Json json && Arrays.equals(utf8, json.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
