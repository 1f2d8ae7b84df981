package io.baozi.config;

/**
 * Where a value was written. {@code line} is 0 outside a file; {@code isText} says that all is text
 * there, to be parsed.
 */
record Source(String name, int line, int column, boolean isText) {
  static final Source DEFAULT = new Source("default", 0, 0, true);
  static final Source GIVEN = new Source("configuration", 0, 0, false);

  static Source variable(String name) {
    return new Source(name, 0, 0, true);
  }

  static Source flag(String key) {
    return new Source("--set " + key, 0, 0, true);
  }

  /** The place as an editor takes it: {@code conf/baozi.json:12:5}. */
  String place() {
    return line == 0 ? name : atLine() + ":" + column;
  }

  /** The place without its column: {@code conf/baozi.json:12}. */
  String atLine() {
    return line == 0 ? name : name + ":" + line;
  }
}
