package io.baozi.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * One setting as the reference lists it.
 *
 * @param key its path, where {@code <name>} stands for any name and {@code []} for each of a list
 * @param type boolean, duration, integer, name, object, size, text or word
 * @param range what is allowed, or empty if the type says it all
 * @param defaultValue as the file would spell it; {@code none} if there is none, {@code required}
 *     if it cannot be left out
 * @param doc what it is, in a sentence
 */
public record Setting(String key, String type, String range, String defaultValue, String doc) {

  /** Every setting there is. */
  static List<Setting> all() {
    return of(Config.class, "").toList();
  }

  private static Stream<Setting> of(Class<? extends Record> section, String prefix) {
    return Row.of(section).stream().flatMap(row -> of(row, prefix + row.key()));
  }

  private static Stream<Setting> of(Row row, String path) {
    return switch (row.shape()) {
      case SETTING -> Stream.of(setting(row, path));
      case SECTION -> of(row.section(), path + ".");
      case NAMED_SECTIONS -> of(row.section(), path + ".<name>.");
      case LIST -> of(row.section(), path + "[].");
    };
  }

  private static Setting setting(Row row, String path) {
    Kind kind = Kind.of(row);
    return new Setting(path, kind.word(row), kind.range(row), row.defaultText(), row.rule().doc());
  }

  /** Whether only the file can set it. */
  boolean isInList() {
    return key.contains("[]");
  }
}
