package io.baozi.cli;

import java.util.List;

/** How results and errors are written. */
enum Format {
  /** For a person and for pipes: bodies as they are. */
  TEXT,
  /** For a program: a JSON object a line. */
  JSON;

  /** The format of a word. */
  static Format of(String word) {
    return switch (word) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default -> throw Failure.usage("'" + word + "' is no format; allowed are text and json");
    };
  }

  /** The format that a command line asks for, even one that is wrong elsewhere. */
  static Format in(String... args) {
    List<String> options = CommandWords.before(args);
    int at = options.indexOf("--output");
    boolean apart = at >= 0 && at + 1 < options.size() && options.get(at + 1).equals("json");
    return apart || options.contains("--output=json") ? JSON : TEXT;
  }
}
