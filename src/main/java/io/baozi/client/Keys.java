package io.baozi.client;

import io.baozi.frame.Json;
import java.util.ArrayList;
import java.util.List;

/** The keys of a batch's puts, as long as it; kept only once a put has one. */
final class Keys {
  /** Quotes and comma, or {@code null} and comma. */
  private static final int ENTRY = 5;

  private List<String> keys;
  private int count;
  private long length;

  void add(String key) {
    if (key != null && keys == null) {
      keys = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        keys.add(null);
      }
    }
    count++;
    length += length(key);
    if (keys != null) {
      keys.add(key);
    }
  }

  /** What they take of a header, with another beside them, in bytes at most. */
  long lengthWith(String key) {
    return length + length(key);
  }

  private static int length(String key) {
    int length = ENTRY;
    for (int i = 0; key != null && i < key.length(); i++) {
      char c = key.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        length += 6;
      } else {
        length += c < 0x80 ? 1 : 3;
      }
    }
    return length;
  }

  /** The key of the first put, null if it has none. */
  String first() {
    return keys == null ? null : keys.get(0);
  }

  /** All of them with null for none; null if no put has one. */
  Json json() {
    return keys == null ? null : Json.of(keys);
  }
}
