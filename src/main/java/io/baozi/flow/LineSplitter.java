package io.baozi.flow;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;

/**
 * Cuts a stream of bytes at each {@code \n}, which belongs to no line. Any other byte does, {@code
 * \r} included. What follows the last {@code \n} is a line if it is not empty.
 */
final class LineSplitter {
  /** A line is longer than what is allowed. */
  static final class TooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLongException(long line, int longest) {
      super("line " + line + " is longer than " + longest + " bytes", null, false, false);
    }
  }

  private final int longest;
  private final Handler<Buffer> lines;
  private Buffer begun = Buffer.buffer();
  private long count;

  /**
   * A splitter at the start of a stream.
   *
   * @param longest most bytes of a line
   * @param lines told of each line
   */
  LineSplitter(int longest, Handler<Buffer> lines) {
    this.longest = longest;
    this.lines = lines;
  }

  /**
   * Takes the next bytes.
   *
   * @throws TooLongException if a line is; the lines before it have been told of
   */
  void feed(Buffer chunk) {
    byte[] bytes = chunk.getBytes();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        add(bytes, from, i);
        emit();
        from = i + 1;
      }
    }
    add(bytes, from, bytes.length);
  }

  private void add(byte[] bytes, int from, int to) {
    if (to - from > longest - begun.length()) {
      throw new TooLongException(count + 1, longest);
    }
    begun.appendBytes(bytes, from, to - from);
  }

  private void emit() {
    Buffer line = begun;
    begun = Buffer.buffer();
    count++;
    lines.handle(line);
  }

  /** The stream is at its end. */
  void end() {
    if (begun.length() > 0) {
      emit();
    }
  }

  /** The lines told of. */
  long count() {
    return count;
  }
}
