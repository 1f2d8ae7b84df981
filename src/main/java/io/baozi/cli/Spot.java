package io.baozi.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a copy comes from or goes to, as a word of the command line names it. */
sealed interface Spot {
  /** What names on the server begin with. */
  String SCHEME = "baozi:";

  /**
   * A path of this machine.
   *
   * @param isFolder whether it is written as a directory, with a slash at its end
   */
  record Here(Path path, boolean isFolder) implements Spot {
    /** Whether copies go into it, under names of their own. */
    boolean takesNames() {
      return isFolder || Files.isDirectory(path);
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** A name on the server; a folder if it is empty or ends in a slash. */
  record There(String name) implements Spot {
    boolean isFolder() {
      return name.isEmpty() || name.endsWith("/");
    }

    @Override
    public String toString() {
      return SCHEME + name;
    }
  }

  /** Standard input or output. */
  record Standard() implements Spot {
    @Override
    public String toString() {
      return Source.STDIN;
    }
  }

  /** The name on the server that a word is, with the scheme before it or without. */
  static String name(String word) {
    String scheme = word.startsWith(SCHEME) ? SCHEME : "";
    String name = word.substring(scheme.length());
    if (name.startsWith("/")) {
      String relative = name.replaceFirst("/+", "");
      throw Failure.usage(
          "'%s': names on the server are relative, without / before them%s"
              .formatted(word, relative.isEmpty() ? "" : "; write " + scheme + relative));
    }
    return name;
  }

  /** What a word stands for. */
  static Spot of(String word) {
    if (word.equals(Source.STDIN)) {
      return new Standard();
    }
    if (word.startsWith(SCHEME)) {
      return new There(name(word));
    }
    try {
      return new Here(Path.of(word), word.endsWith("/"));
    } catch (InvalidPathException e) {
      throw Failure.usage("'" + word + "' is no path here: " + LocalFault.reason(e));
    }
  }
}
