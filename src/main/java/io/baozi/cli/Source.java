package io.baozi.cli;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where bodies come from: an argument, a file, or standard input.
 *
 * @param name as an error calls it
 * @param stream its bytes
 */
record Source(String name, InputStream stream) implements Closeable {
  /** The argument that stands for standard input. */
  static final String STDIN = "-";

  /** The bytes of a text in UTF-8, or standard input if it is {@code -}. */
  static Source ofArgument(String text, Shell shell) {
    return text.equals(STDIN)
        ? new Source("standard input", shell.in())
        : new Source("the body", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A file, or standard input if it is {@code -}. */
  static Source ofFile(String file, Shell shell) {
    if (file.equals(STDIN)) {
      return ofArgument(file, shell);
    }
    try {
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        throw Failure.input("cannot read " + file + ": it is a directory");
      }
      return new Source(file, Files.newInputStream(path));
    } catch (IOException | InvalidPathException e) {
      throw Failure.input("cannot read " + file + ": " + LocalFault.reason(e));
    }
  }

  /** The next bytes, as {@link InputStream#read(byte[], int, int)} has it. */
  int read(byte[] bytes) {
    try {
      return stream.read(bytes, 0, bytes.length);
    } catch (IOException e) {
      throw Failure.input("cannot read " + name + ": " + LocalFault.reason(e));
    }
  }

  /**
   * All of it, and its end.
   *
   * @param most bytes that there may be
   * @param limit whose limit that is
   */
  Buffer whole(int most, String limit) {
    try (stream) {
      byte[] bytes = stream.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new Failure(
            "too_large",
            "%s is longer than %d bytes, the most that %s".formatted(name, most, limit),
            Exit.FAILED);
      }
      return Buffer.buffer(bytes);
    } catch (IOException e) {
      throw Failure.input("cannot read " + name + ": " + LocalFault.reason(e));
    }
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw Failure.input("cannot close " + name + ": " + LocalFault.reason(e));
    }
  }
}
