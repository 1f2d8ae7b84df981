package io.baozi.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The folder that all files are in, this server's alone while it is open: one for those that are
 * whole, one for those that are not, one for the checksums. Blocks.
 *
 * @param used bytes of all files when it was opened
 */
record Store(Tree tree, Partials partials, Sums sums, long used, FileChannel locked)
    implements AutoCloseable {
  /**
   * Opens it, made if it is not there; unfinished files that are too old are gone then.
   *
   * @param before a moment in milliseconds since 1970; unfinished files last written before it go
   * @throws IOException if it cannot be written, or another server has it
   */
  static Store open(Path folder, long before) throws IOException {
    Files.createDirectories(folder);
    Path root = folder.toRealPath();
    FileChannel lock = lock(root);
    try {
      Path tree = Files.createDirectories(root.resolve("tree"));
      Path partial = Files.createDirectories(root.resolve("partial"));
      Path sums = Files.createDirectories(root.resolve("sums"));
      Partials partials = new Partials(partial);
      partials.removeOld(before, key -> false);
      return new Store(new Tree(tree), partials, new Sums(sums), size(tree) + size(partial), lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Another server of this process has it.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new IOException(
        "the files in " + root + " are another server's; give this one another files.dir");
  }

  private static void removeIfEmpty(Path directory) throws IOException {
    try {
      Files.delete(directory);
    } catch (DirectoryNotEmptyException e) {
      return; // it is needed
    }
  }

  /** The bytes of all files in a folder; folders that nothing is in are removed. */
  private static long size(Path folder) throws IOException {
    var sizes =
        new SimpleFileVisitor<Path>() {
          private long sum;

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
          }

          /** A folder in which a file was to appear, or has been, when the power was cut. */
          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (!directory.equals(folder)) {
              removeIfEmpty(directory);
            }
            return FileVisitResult.CONTINUE;
          }
        };
    Files.walkFileTree(folder, sizes);
    return sizes.sum;
  }

  /** Bytes of the disk that are free. */
  long free() {
    return tree.root().toFile().getUsableSpace();
  }

  /** Leaves the folder to others. */
  @Override
  public void close() throws IOException {
    locked.close();
  }
}
