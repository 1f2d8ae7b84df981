package io.baozi.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Standard output, unbuffered: what a method has written has left the process when it returns. A
 * reader that is gone shows as an {@link OutputException}. Used by one thread.
 */
final class Output {
  private final OutputStream stream;
  private final boolean isTerminal;

  /** Whether what was written last leaves a line without its end. */
  private boolean isInLine;

  /** An output to a terminal, whose prompt wants a line of its own, or to anything else. */
  Output(OutputStream stream, boolean isTerminal) {
    this.stream = stream;
    this.isTerminal = isTerminal;
  }

  boolean isTerminal() {
    return isTerminal;
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
      isInLine = length > 0 ? bytes[length - 1] != '\n' : isInLine;
    } catch (IOException e) {
      isInLine = false;
      throw new OutputException(e);
    }
  }

  /** Writes a text in UTF-8 and ends the line. */
  void line(Object text) {
    write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Ends the line that a terminal is in; writes nothing to anything else. */
  void endLine() {
    if (isTerminal && isInLine) {
      line("");
    }
  }

  /** Writes what a terminal obeys and does not show. */
  void control(String sequence) {
    boolean before = isInLine;
    write(sequence.getBytes(StandardCharsets.UTF_8));
    isInLine = before;
  }

  /** For picocli's help, which does not look whether anybody reads it. */
  Writer asWriter() {
    return new OutputStreamWriter(stream, StandardCharsets.UTF_8);
  }
}
