package io.baozi.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What several programs write at once, brought together in one place. */
final class Confluence {
  /** A line that is longer is written in pieces. */
  private static final int LONGEST_LINE = 64 * 1024;

  /** Where it goes. */
  @FunctionalInterface
  interface Mouth {
    /** Writes the first of these bytes. */
    void write(byte[] bytes, int length);
  }

  private final Mouth mouth;

  Confluence(Mouth mouth) {
    this.mouth = mouth;
  }

  /** Passes a stream on as it comes. */
  void bytes(InputStream stream) throws IOException {
    byte[] bytes = new byte[LONGEST_LINE];
    for (int n = stream.read(bytes); n >= 0; n = stream.read(bytes)) {
      write(bytes, n);
    }
  }

  /** Passes a stream on in whole lines; the last is given a newline if it has none. */
  void lines(InputStream stream) throws IOException {
    byte[] bytes = new byte[LONGEST_LINE];
    int held = 0;
    for (int n = stream.read(bytes); n >= 0; n = stream.read(bytes, held, bytes.length - held)) {
      held += n;
      int end = held == bytes.length ? held : lastLineEnd(bytes, held);
      write(bytes, end);
      System.arraycopy(bytes, end, bytes, 0, held - end);
      held -= end;
    }
    if (held > 0) {
      byte[] last = Arrays.copyOf(bytes, held + 1);
      last[held] = '\n';
      write(last, last.length);
    }
  }

  /** Behind the last newline, 0 if there is none. */
  private static int lastLineEnd(byte[] bytes, int length) {
    int end = length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private synchronized void write(byte[] bytes, int length) {
    if (length > 0) {
      mouth.write(bytes, length);
    }
  }
}
