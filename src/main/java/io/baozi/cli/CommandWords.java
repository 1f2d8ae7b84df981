package io.baozi.cli;

import java.util.Arrays;
import java.util.List;

/** The two sides of a command line that has {@code --}: what is ours, and what is not. */
final class CommandWords {
  private static final String END = "--";

  private CommandWords() {}

  /** The words before the first {@code --}; all if there is none. */
  static List<String> before(String... args) {
    List<String> words = Arrays.asList(args);
    int end = words.indexOf(END);
    return end < 0 ? words : words.subList(0, end);
  }

  /** The words behind the first {@code --}; none if there is none. */
  static List<String> behind(List<String> words) {
    int end = words.indexOf(END);
    return end < 0 ? List.of() : words.subList(end + 1, words.size());
  }
}
