package io.baozi.cli;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines read from a source as they come, byte for byte but for the newline that ends each. Used by
 * one thread.
 */
final class Lines {
  private static final int READ = 64 * 1024;
  private static final int MOST_LINES = 1024;

  /**
   * Some lines, at least one.
   *
   * @param isCut whether the last of them is the last of all, and ended by no newline
   */
  record Block(List<Buffer> lines, boolean isCut) {
    long bytes() {
      return lines.stream().mapToLong(Buffer::length).sum();
    }
  }

  private final Source source;
  private final int longest;
  private final byte[] bytes = new byte[READ];
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private int at;
  private int end;
  private long count;

  /** Lines of at most {@code longest} bytes. */
  Lines(Source source, int longest) {
    this.source = source;
    this.longest = longest;
  }

  /**
   * What is at hand, or else comes next; null at the end.
   *
   * @throws Failure if it cannot be read, or a line is too long and none before it is at hand
   */
  Block next() {
    List<Buffer> lines = new ArrayList<>();
    while (lines.isEmpty()) {
      if (at == end && !fill()) {
        return last();
      }
      scan(lines);
    }
    return new Block(lines, false);
  }

  private boolean fill() {
    at = 0;
    end = source.read(bytes);
    return end >= 0;
  }

  private void scan(List<Buffer> lines) {
    while (at < end && lines.size() < MOST_LINES) {
      int newline = at;
      while (newline < end && bytes[newline] != '\n') {
        newline++;
      }
      if (begun.size() + newline - at > longest) {
        if (lines.isEmpty()) {
          throw tooLong();
        }
        return;
      }
      begun.write(bytes, at, newline - at);
      at = newline;
      if (at < end) {
        at++;
        lines.add(take());
      }
    }
  }

  private Block last() {
    end = 0;
    return begun.size() == 0 ? null : new Block(List.of(take()), true);
  }

  private Buffer take() {
    Buffer line = Buffer.buffer(begun.toByteArray());
    begun.reset();
    count++;
    return line;
  }

  private Failure tooLong() {
    return new Failure(
        "too_large",
        "line %d is longer than %d bytes, the most that the server takes (maxMessage)"
            .formatted(count + 1, longest),
        Exit.FAILED);
  }
}
