package io.baozi.file;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The files that are not whole, each as far as it has come. Blocks. */
final class Partials {
  private static final Logger LOG = System.getLogger(Partials.class.getName());

  private final Path folder;

  /** The parts in a folder that is there. */
  Partials(Path folder) {
    this.folder = folder;
  }

  Path path(FileName name) {
    return folder.resolve(name.key());
  }

  /** How many bytes have come of a file; empty if none is unfinished. */
  OptionalLong received(FileName name) throws IOException {
    try {
      return OptionalLong.of(Files.size(path(name)));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  /** An empty part, to be written; what had come before is gone. */
  FileChannel begin(FileName name) throws IOException {
    return FileChannel.open(
        path(name),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
  }

  /** A part that is there, to be written behind what has come. */
  FileChannel goOn(FileName name) throws IOException {
    FileChannel part =
        FileChannel.open(
            path(name),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    return part.position(part.size());
  }

  /** Forgets what has come of a file; how many bytes that were. */
  long remove(FileName name) throws IOException {
    OptionalLong received = received(name);
    Files.deleteIfExists(path(name));
    return received.orElse(0);
  }

  /**
   * Removes the parts that nothing has been added to for long.
   *
   * @param before a moment in milliseconds since 1970; those last written before it go
   * @param spared the keys of names whose parts stay
   * @return how many bytes they had
   */
  long removeOld(long before, Predicate<String> spared) throws IOException {
    long removed = 0;
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder)) {
      for (Path part : parts) {
        if (!spared.test(part.getFileName().toString())) {
          removed += removeOld(part, before);
        }
      }
    }
    return removed;
  }

  /** One that cannot be removed stays; the others go all the same. */
  private static long removeOld(Path part, long before) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(part, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.lastModifiedTime().toMillis() >= before) {
        return 0;
      }
      Files.delete(part);
      return attributes.size();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "an unfinished file that is too old could not be removed", e);
      return 0;
    }
  }
}
