package io.baozi.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Standard output, unbuffered: what a method has written has left the process when it returns. A
 * reader that is gone shows as an {@link OutputException}.
 */
final class Output {
  private final OutputStream stream;

  Output(OutputStream stream) {
    this.stream = stream;
  }

  /** Writes bytes as they are. */
  void write(byte[] bytes) {
    write(bytes, bytes.length);
  }

  /** Writes the first of these bytes. */
  void write(byte[] bytes, int length) {
    try {
      stream.write(bytes, 0, length);
      stream.flush();
    } catch (IOException e) {
      throw new OutputException(e);
    }
  }

  /** Writes a text in UTF-8 and ends the line. */
  void line(Object text) {
    write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** For picocli's help, which does not look whether anybody reads it. */
  Writer asWriter() {
    return new OutputStreamWriter(stream, StandardCharsets.UTF_8);
  }
}
