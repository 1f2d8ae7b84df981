package io.baozi.frame;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The header as Jackson reads it: the obvious way, to hold {@link Header#parse} against. */
final class JacksonHeader {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(500)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private JacksonHeader() {}

  /** The keys with the tokens of their values, {@code null} left out; empty if it is malformed. */
  static Optional<Map<String, String>> read(byte[] utf8) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return entries(text);
    } catch (CharacterCodingException | JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Map<String, String>> entries(String text) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    try (JsonParser json = FACTORY.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        String value = key.equals("size") ? size(json) : tokens(json);
        if (value == null || entries.put(key, value) != null) {
          return Optional.empty();
        }
      }
      if (json.nextToken() != null) {
        return Optional.empty();
      }
    }
    entries.values().removeIf("VALUE_NULL null "::equals);
    entries.putIfAbsent("size", "0");
    return Optional.of(entries);
  }

  private static String size(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      return null;
    }
    BigInteger size = new BigInteger(json.getText());
    return size.signum() < 0 || size.bitLength() > 53 ? null : size.toString();
  }

  private static String tokens(JsonParser json) throws IOException {
    StringBuilder tokens = new StringBuilder();
    int depth = 0;
    do {
      JsonToken token = json.currentToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      tokens.append(token).append(' ').append(text(json)).append(' ');
    } while (depth > 0 && json.nextToken() != null);
    return tokens.toString();
  }

  private static String text(JsonParser json) throws IOException {
    boolean minusZero =
        json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getText().equals("-0");
    return minusZero ? "0" : json.getText();
  }
}
