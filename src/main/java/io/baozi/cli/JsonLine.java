package io.baozi.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import io.baozi.frame.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object on one line, put together key by key. */
final class JsonLine {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS =
      new TypeReference<>() {};

  private final Map<String, Object> members = new LinkedHashMap<>();

  /** The components of a record, as members of the same names. */
  static JsonLine of(Record values) {
    JsonLine line = new JsonLine();
    MAPPER.convertValue(values, MEMBERS).forEach(line::with);
    return line;
  }

  /** The members in order, to keep. */
  Map<String, Object> members() {
    return new LinkedHashMap<>(members);
  }

  /** Adds a member, whose value Jackson knows how to write; a null is left out. */
  JsonLine with(String key, Object value) {
    if (value != null) {
      members.put(key, value);
    }
    return this;
  }

  /** Adds the members of another. */
  JsonLine with(JsonLine other) {
    members.putAll(other.members);
    return this;
  }

  /** Adds a JSON value as it was written, but in one line; a null is left out. */
  JsonLine withJson(String key, Json value) {
    return with(
        key, value == null ? null : new RawValue(value.toString().replaceAll("[\\r\\n]", " ")));
  }

  /** Adds some bytes: as {@code body} if they are UTF-8, or else as {@code base64}. */
  JsonLine withBody(byte[] body) {
    try {
      return with(
          "body", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return with("base64", Base64.getEncoder().encodeToString(body));
    }
  }

  /** Reads a JSON text. */
  static JsonNode read(String json) throws JsonProcessingException {
    return MAPPER.readTree(json);
  }

  /** Why a text could not be read, in a few words. */
  static String reason(JsonProcessingException e) {
    return e.getOriginalMessage().replaceFirst("(?s)( \\(start marker |\\R).*", "");
  }

  @Override
  public String toString() {
    try {
      return MAPPER.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
