package io.baozi.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON text with comments and trailing commas, parsed into nodes that know their places. */
final class JsonText {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private final String name;
  private final String text;
  private final List<Problem> problems;

  /** A text from {@code name}; keys that are given twice go to {@code problems}. */
  JsonText(String name, String text, List<Problem> problems) {
    this.name = name;
    this.text = text;
    this.problems = problems;
  }

  /** The object that is the whole text. */
  Node root() {
    try (JsonParser parser = JSON.createParser(text)) {
      return root(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Node root(JsonParser parser) throws IOException {
    try {
      if (parser.nextToken() == null) {
        throw fault(name, "is empty; allowed is a JSON object, such as {}");
      }
      Source source = source(parser);
      Node root = node(parser, "", source);
      if (!root.isObject()) {
        throw fault(source.place(), root.shown() + " is not a JSON object");
      }
      if (parser.nextToken() != null) {
        throw fault(source(parser).place(), "the JSON object ended before this; remove the rest");
      }
      return root;
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
      throw fault(source(place).place(), "not JSON: " + words(e));
    }
  }

  private Node node(JsonParser parser, String path, Source source) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return new Node(members(parser, path), source);
    }
    if (token == JsonToken.START_ARRAY) {
      return new Node(elements(parser, path), source);
    }
    if (token == JsonToken.VALUE_STRING) {
      return new Node(parser.getText(), source);
    }
    return new Node(token.isNumeric() ? parser.getNumberValue() : literal(token), source);
  }

  private static Boolean literal(JsonToken token) {
    return token == JsonToken.VALUE_NULL ? null : Boolean.valueOf(token == JsonToken.VALUE_TRUE);
  }

  private Map<String, Node> members(JsonParser parser, String path) throws IOException {
    var members = new LinkedHashMap<String, Node>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String keyPath = path.isEmpty() ? key : path + "." + key;
      Source source = source(parser);
      parser.nextToken();
      Node first = members.putIfAbsent(key, node(parser, keyPath, source));
      if (first != null) {
        problems.add(
            new Problem(
                source.place(),
                Spelling.printable(keyPath),
                "is given twice, first in line " + first.source().line()));
      }
    }
    return members;
  }

  private List<Node> elements(JsonParser parser, String path) throws IOException {
    var elements = new ArrayList<Node>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(node(parser, path + "[" + elements.size() + "]", source(parser)));
    }
    return elements;
  }

  private Source source(JsonParser parser) {
    return source(parser.currentTokenLocation());
  }

  private Source source(JsonLocation location) {
    return new Source(name, location.getLineNr(), location.getColumnNr(), false);
  }

  /** The parser's own words, without the places and the contents that they may quote. */
  private static String words(JsonProcessingException e) {
    return e.getOriginalMessage()
        .replaceFirst("(?s)^Unrecognized token '.*': was expecting.*", "a word without quotes")
        .replaceFirst("(?s): enable `.*", "")
        .replaceFirst(", from `[^`]*`", "")
        .replaceFirst("\\[Source: [^;]*; line: (\\d+), column: (\\d+)]", "$1:$2")
        .replaceFirst("(?s)\\s*\\(start marker at .*", "");
  }

  /** What ends the reading of a text or its file at once. */
  static ConfigException fault(String place, String sentence) {
    return new ConfigException(List.of(new Problem(place, "", sentence)));
  }
}
