package io.baozi.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A layer of text over the tree of the file: each value covers what lies below it. */
final class Layer {
  private Layer() {}

  /** Sets the value at a path, and keeps what it covers so that its faults are still found. */
  static void put(Node root, List<String> path, Node value) {
    Map<String, Node> section = root.members();
    for (String key : path.subList(0, path.size() - 1)) {
      section =
          section
              .compute(key, (same, below) -> isSection(below) ? below : empty(value, below))
              .members();
    }
    section.compute(
        path.get(path.size() - 1), (key, below) -> new Node(value.value(), value.source(), below));
  }

  private static boolean isSection(Node node) {
    return node != null && node.isObject();
  }

  private static Node empty(Node value, Node below) {
    return new Node(new LinkedHashMap<String, Node>(), value.source(), below);
  }
}
