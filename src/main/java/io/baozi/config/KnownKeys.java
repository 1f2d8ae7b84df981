package io.baozi.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The keys of one section at one path, and what to say of others found there. */
record KnownKeys(List<String> names, String path) {

  static KnownKeys of(Class<? extends Record> section, String path) {
    return new KnownKeys(Row.of(section).stream().map(Row::key).toList(), path);
  }

  /** A sentence for each key of the object that is not known. */
  Map<String, String> unknownIn(Node object) {
    var sentences = new LinkedHashMap<String, String>();
    object.members().keySet().stream()
        .filter(key -> !names.contains(key))
        .forEach(key -> sentences.put(key, "unknown key; " + instead(join(path, key))));
    return sentences;
  }

  /** The nearest key here or in the whole table, else all that are known here. */
  private String instead(String unknown) {
    Stream<String> here = names.stream().map(name -> join(path, name));
    Stream<String> anywhere = Setting.all().stream().map(Setting::key);
    return Nearest.to(unknown, Stream.concat(here, anywhere).toList())
        .map(nearest -> "did you mean " + Spelling.printable(nearest) + "?")
        .orElseGet(() -> "known here are " + String.join(", ", names));
  }

  /** The path of a key in a section; the top has the empty path. */
  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
