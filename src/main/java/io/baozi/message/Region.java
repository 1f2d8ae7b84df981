package io.baozi.message;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.util.Objects;

/**
 * A part of an open file that leaves as a body, without passing through the heap. Closed by whoever
 * has written it, or finds that it cannot be written.
 *
 * @param file open for reading
 * @param offset where the part begins, in bytes
 * @param length of the part, in bytes, 1 or more, which the file has
 */
public record Region(FileChannel file, long offset, long length) implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Region.class.getName());

  public Region {
    Objects.requireNonNull(file, "file");
    if (offset < 0 || length < 1) {
      throw new IllegalArgumentException("a region at " + offset + " of " + length + " bytes");
    }
  }

  /** Closes the file; more than once does no harm. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a file that was read could not be closed", e);
    }
  }
}
