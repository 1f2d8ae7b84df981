package io.baozi.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Arguments as they were typed. In a plain locale, as in most containers, Java replaces every byte
 * of an argument that is not ASCII; Linux still has them as they were.
 */
final class RawArguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final char REPLACEMENT = '\uFFFD';

  private RawArguments() {}

  /** These arguments of the process, restored if they need it and it can be done. */
  static String[] restored(String... args) {
    return Arrays.stream(args).noneMatch(arg -> arg.indexOf(REPLACEMENT) >= 0)
        ? args
        : lastWords(commandLine(), args);
  }

  /** The last words of a command line, if there are as many. */
  static String[] lastWords(String commandLine, String... args) {
    String[] words = commandLine.split("\0", -1);
    int end = words.length - 1;
    return end < args.length ? args : Arrays.copyOfRange(words, end - args.length, end);
  }

  private static String commandLine() {
    try {
      return new String(Files.readAllBytes(COMMAND_LINE), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
