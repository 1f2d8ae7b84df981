package io.baozi.cli;

import io.baozi.client.Message;
import io.baozi.frame.Json;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program and its arguments, to be run for messages, or while something is held.
 *
 * @param words the program, and its arguments; no shell reads them
 */
record Program(List<String> words) {
  private static final String SHELL = "/bin/sh";

  /** The program that these words name; fails if there is none. */
  static Program of(List<String> words) {
    String name = words.get(0);
    if (places(name).noneMatch(Program::isProgram)) {
      throw Failure.usage(
          name.indexOf('/') < 0
              ? "there is no program '" + name + "' on the PATH"
              : "there is no program " + name);
    }
    return new Program(List.copyOf(words));
  }

  private static Stream<String> places(String name) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return name.indexOf('/') >= 0
        ? Stream.of(name)
        : Stream.of(path.split(File.pathSeparator, -1))
            .map(folder -> folder.isEmpty() ? name : folder + "/" + name);
  }

  /** Whether it is there, be it executable or not; a folder on the PATH does not count. */
  boolean isThere() {
    String name = words.get(0);
    return places(name)
        .anyMatch(file -> isFile(file) && (name.indexOf('/') >= 0 || !isFolder(file)));
  }

  private static boolean isFile(String file) {
    try {
      return Files.exists(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isFolder(String file) {
    return Files.isDirectory(Path.of(file));
  }

  private static boolean isProgram(String file) {
    try {
      Path path = Path.of(file);
      return Files.isExecutable(path) && !Files.isDirectory(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * The same, deaf to the SIGINT that Ctrl-C sends to all that run in a terminal, as what a shell
   * runs in the background is; itself, if there is no shell to arrange that.
   */
  Program shielded() {
    if (!isProgram(SHELL)) {
      return this;
    }
    List<String> behindShell =
        new ArrayList<>(List.of(SHELL, "-c", "trap '' INT; exec \"$@\"", "sh"));
    behindShell.addAll(words);
    return new Program(behindShell);
  }

  /** The program that is the system's shell, at a line. */
  static Program ofShell(String line) {
    return new Program(List.of(SHELL, "-c", line));
  }

  /** How to run it with some variables more in its environment. */
  ProcessBuilder process(Map<String, String> variables) {
    ProcessBuilder process = new ProcessBuilder(words);
    process.environment().putAll(variables);
    return process;
  }

  /** How to run it for a message, which its environment tells of. */
  ProcessBuilder process(Message message) {
    ProcessBuilder process = new ProcessBuilder(words);
    Map<String, String> environment = process.environment();
    environment.put("BAOZI_QUEUE", message.queue());
    environment.put("BAOZI_MSG", "" + message.msg());
    environment.put("BAOZI_ATTEMPT", "" + message.attempt());
    environment.remove("BAOZI_HEADERS");
    if (message.headers() != null) {
      environment.put("BAOZI_HEADERS", ascii(message.headers()));
    }
    return process;
  }

  /** In a plain locale Java gives a program a question mark for what is not ASCII. */
  private static String ascii(Json headers) {
    StringBuilder ascii = new StringBuilder();
    headers
        .toString()
        .chars()
        .forEach(c -> ascii.append(c < 128 ? "" + (char) c : "\\u%04x".formatted(c)));
    return ascii.toString();
  }
}
