package io.baozi.frame;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A JSON value kept as the bytes it was written in: whoever only passes it on need not read it.
 * Immutable.
 */
public final class Json {
  /** Names are not kept in a table shared by all, since they come from peers. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(privately().build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** For parsers that pass over whatever a header may have in it, however long. */
  private static final JsonFactory PASSING =
      privately()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final byte[] utf8;

  private Json(byte[] utf8) {
    this.utf8 = utf8;
  }

  private static JsonFactoryBuilder privately() {
    return new JsonFactoryBuilder()
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
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

  /** An array of these values. */
  public static Json array(List<Json> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(values.get(i).utf8);
    }
    out.write(']');
    return new Json(out.toByteArray());
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
   * The value under a key of this object, null if it is not there.
   *
   * @throws IllegalStateException if this is no object
   */
  public Json value(String key) {
    return JsonParts.value(utf8, key);
  }

  /**
   * This object with a key set to a value, all else as it was written.
   *
   * @throws IllegalStateException if this is no object
   */
  public Json with(String key, Json value) {
    return JsonParts.with(utf8, key, value);
  }

  /**
   * The elements of this array.
   *
   * @throws IllegalStateException if this is no array
   */
  public List<Json> elements() {
    return JsonParts.elements(utf8);
  }

  /** This object as a header; empty if it is none, or has a key that stands twice. */
  public Optional<Header> header() {
    try {
      return Optional.of(Header.parse(utf8));
    } catch (MalformedHeaderException e) {
      return Optional.empty();
    }
  }

  /**
   * A parser of a value's text, for whoever passes over most of it: no name or number is too long.
   * To convert a long number takes long.
   */
  public static JsonParser parser(String text) {
    try {
      return PASSING.createParser(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a part of a value's text that such a parser has found to be a value. */
  public static Json part(String text) {
    return new Json(text.getBytes(StandardCharsets.UTF_8));
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
