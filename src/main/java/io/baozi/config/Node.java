package io.baozi.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value as it was written, and where. An object is a map of nodes, a list a list of nodes; {@code
 * below} is what a layer underneath says of the same key, or null.
 */
record Node(Object value, Source source, Node below) {

  Node(Object value, Source source) {
    this(value, source, null);
  }

  /** Wraps a plain tree, all of it written in one place. */
  static Node of(Object plain, Source source) {
    if (plain instanceof Map<?, ?> map) {
      var members = new LinkedHashMap<String, Node>();
      map.forEach((key, value) -> members.put(String.valueOf(key), of(value, source)));
      return new Node(members, source);
    }
    if (plain instanceof List<?> list) {
      var elements = new ArrayList<Node>();
      list.forEach(value -> elements.add(of(value, source)));
      return new Node(elements, source);
    }
    return new Node(plain, source);
  }

  /** An unmodifiable copy of a plain tree. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> copy(Map<String, Object> plain) {
    return (Map<String, Object>) of(plain, Source.GIVEN).plain();
  }

  boolean isObject() {
    return value instanceof Map;
  }

  boolean isList() {
    return value instanceof List;
  }

  /** The members of an object, in the order written; to be added to by the layers above. */
  @SuppressWarnings("unchecked")
  Map<String, Node> members() {
    return (Map<String, Node>) value;
  }

  @SuppressWarnings("unchecked")
  List<Node> elements() {
    return (List<Node>) value;
  }

  /** The tree without its places: unmodifiable maps and lists, strings, numbers, booleans, null. */
  Object plain() {
    if (isObject()) {
      var map = new LinkedHashMap<String, Object>();
      members().forEach((key, node) -> map.put(key, node.plain()));
      return Collections.unmodifiableMap(map);
    }
    if (isList()) {
      return elements().stream().map(Node::plain).toList();
    }
    return value;
  }

  /** The value in an error: objects and lists without their contents, which may be secret. */
  String shown() {
    return isObject() ? "{...}" : isList() ? "[...]" : Spelling.of(value);
  }
}
