package io.baozi.cli;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.function.Consumer;

/** The files in a directory and all below it; what is none is left out, and said so. */
final class LocalTree {
  /**
   * A file in it.
   *
   * @param path within it
   * @param length in bytes
   */
  record Found(Path path, long length) {}

  private final boolean isFollowing;
  private final Consumer<String> notes;
  private final Consumer<Failure> complaints;

  /**
   * How directories are read.
   *
   * @param isFollowing whether a link stands for what it leads to
   * @param notes is told what is left out
   * @param complaints is told what cannot be read
   */
  LocalTree(boolean isFollowing, Consumer<String> notes, Consumer<Failure> complaints) {
    this.isFollowing = isFollowing;
    this.notes = notes;
    this.complaints = complaints;
  }

  /** Finds them all. */
  void walk(Path directory, Consumer<Found> found) {
    Set<FileVisitOption> how = isFollowing ? Set.of(FileVisitOption.FOLLOW_LINKS) : Set.of();
    try {
      // The directory itself may be a link, and is followed, since it was named.
      Path root = directory.toRealPath();
      Files.walkFileTree(root, how, Integer.MAX_VALUE, new Visitor(directory, root, found));
    } catch (IOException e) {
      complaints.accept(unreadable(directory, e));
    }
  }

  private static Failure unreadable(Path path, IOException e) {
    return Failure.input("cannot read " + path + ": " + LocalFault.reason(e));
  }

  /** How long a file is; 0 if it cannot be told. */
  static long length(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path shown;
    private final Path root;
    private final Consumer<Found> found;

    Visitor(Path shown, Path root, Consumer<Found> found) {
      this.shown = shown;
      this.root = root;
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      Path within = root.relativize(file);
      if (!isSpelt(file)) {
        complaints.accept(
            Failure.input(
                "cannot copy %s: the locale has no such characters; LC_ALL=C.UTF-8 has them"
                    .formatted(shown.resolve(within))));
      } else if (attributes.isRegularFile()) {
        found.accept(new Found(within, attributes.size()));
      } else if (attributes.isSymbolicLink()) {
        notes.accept(shown.resolve(within) + " is left out: it is a link, which -L follows");
      } else {
        notes.accept(shown.resolve(within) + " is left out: it is no regular file");
      }
      return FileVisitResult.CONTINUE;
    }

    /** In a plain locale Java replaces what is not ASCII in names. */
    private boolean isSpelt(Path file) {
      try {
        return Path.of(file.toString()).equals(file);
      } catch (InvalidPathException e) {
        return false;
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      complaints.accept(unreadable(shown.resolve(root.relativize(file)), e));
      return FileVisitResult.CONTINUE;
    }
  }
}
