package io.baozi.history;

import io.baozi.frame.Header;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The history of one process, each line handed to the system at once, so that a kill loses none.
 */
final class HistoryFile implements AutoCloseable {
  private final FileOutputStream out;

  HistoryFile(Path path) throws IOException {
    out = new FileOutputStream(path.toFile());
  }

  void add(Line.Kind kind, String name) {
    add(kind, name, Header.EMPTY);
  }

  /** Writes a line with the time of now. */
  synchronized void add(Line.Kind kind, String name, Header header) {
    try {
      out.write((Line.now(kind, name, header) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
