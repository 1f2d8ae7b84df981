package io.baozi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a process leaves in a directory that is killed: all that the operating system has. What the
 * living one removes meanwhile is not in it.
 */
public final class DirectoryCopy extends SimpleFileVisitor<Path> {
  private final Path from;
  private final Path to;

  private DirectoryCopy(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  /** Makes one. */
  public static void make(Path from, Path to) {
    try {
      Files.walkFileTree(from, new DirectoryCopy(from, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path there(Path one) {
    return to.resolve(from.relativize(one).toString());
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    Files.createDirectories(there(directory));
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    try {
      Files.copy(file, there(file));
      return FileVisitResult.CONTINUE;
    } catch (NoSuchFileException e) {
      return visitFileFailed(file, e);
    }
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (e instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw e;
  }
}
