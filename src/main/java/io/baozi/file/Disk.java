package io.baozi.file;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * What files ask of the disk beside reading and writing, and what its failures mean to a client.
 */
final class Disk {
  private static final Logger LOG = System.getLogger(Disk.class.getName());

  /** Less than this is nothing: what is written at a time may not go in. */
  private static final long LEAST = 1024 * 1024;

  private Disk() {}

  /**
   * Forces a file, or the names in a folder, so that what was made or renamed in it outlives a
   * power cut.
   */
  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Forces the names in a folder after a change that stands whatever comes of this.
   *
   * @return whether it is certain to outlive a power cut; if not, the log has why
   */
  static boolean tryForce(Path folder) {
    try {
      force(folder);
      return true;
    } catch (IOException e) {
      LOG.log(Level.ERROR, "names that have changed could not be forced to disk", e);
      return false;
    }
  }

  /** Refuses to promise a change that is made and may not outlive a power cut. */
  static void requireForced(boolean forced, String done) {
    if (!forced) {
      throw new RefusedException(
          ErrorCode.INTERNAL,
          done + ", but the disk did not confirm it: a power cut may undo it; the log has why");
    }
  }

  /** Closes a file of which nothing is needed any more. */
  static void close(FileChannel file) {
    try {
      file.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a file could not be closed", e);
    }
  }

  /** What a failure is told as: a full disk as {@code busy}, anything else as it is. */
  static Throwable told(Throwable failure) {
    return told(failure, Long.MAX_VALUE);
  }

  /**
   * What a failure to write is told as. The platform has no exception for a full disk, only the
   * system's sentence, in its user's language: so what is left of the disk is asked as well.
   *
   * @param free bytes that were left when it failed
   */
  static Throwable told(Throwable failure, long free) {
    return failure instanceof IOException io && (free < LEAST || isToldFull(io))
        ? new RefusedException(
            ErrorCode.BUSY, "the server's disk for files is full; nothing new was kept, try later")
        : failure;
  }

  private static boolean isToldFull(IOException e) {
    String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
    String sentence = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
    return sentence.contains("no space left") || sentence.contains("quota exceeded");
  }
}
