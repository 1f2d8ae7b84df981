package io.baozi.config;

import java.util.ArrayList;
import java.util.List;

/** The settings in force, as they are met: masked, spelt, and with where they came from. */
final class Shown {
  private final List<Effective> settings = new ArrayList<>();

  List<Effective> settings() {
    return settings;
  }

  void emptyList(String path, Source source) {
    add(path, "[]", source);
  }

  /** A setting; one that is an object of any shape is shown key by key. */
  void setting(Row row, String path, Node node, Object value, Source source) {
    if (node != null && isShownByKeys(row.key(), node)) {
      members(path, node);
    } else {
      add(path, row.text(value), source);
    }
  }

  private void members(String path, Node object) {
    object.members().forEach((key, member) -> member(key, KnownKeys.join(path, key), member));
  }

  private void member(String key, String path, Node node) {
    if (isShownByKeys(key, node)) {
      members(path, node);
    } else {
      Object value = Secrets.isSecret(key) ? Secrets.MASK : Secrets.masked(node.plain());
      add(path, Spelling.of(value), node.source());
    }
  }

  private static boolean isShownByKeys(String key, Node node) {
    return node.isObject() && !node.members().isEmpty() && !Secrets.isSecret(key);
  }

  private void add(String path, String value, Source source) {
    settings.add(new Effective(Spelling.printable(path), value, source.atLine()));
  }
}
