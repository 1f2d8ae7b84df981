package io.baozi.flow;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Bytes of unknown origin as a line of a log may show them. */
final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  /**
   * The bytes as UTF-8, what is none replaced, with control characters escaped as in JSON, and cut
   * after 200 characters.
   */
  static String of(Buffer body) {
    byte[] head = body.getBytes(0, Math.min(body.length(), 4 * LONGEST));
    String text = new String(head, StandardCharsets.UTF_8);
    int length = text.codePointCount(0, text.length());
    StringBuilder line = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(c -> append(line, c));
    if (length > LONGEST || head.length < body.length()) {
      line.append("... (").append(body.length()).append(" bytes)");
    }
    return line.toString();
  }

  private static void append(StringBuilder line, int c) {
    switch (c) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (Character.isISOControl(c) || isInvisible(c)) {
          line.append(String.format("\\u%04x", c));
        } else {
          line.appendCodePoint(c);
        }
      }
    }
  }

  /** Line separators, and what turns the direction of a terminal's text. */
  private static boolean isInvisible(int c) {
    int type = Character.getType(c);
    return type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.FORMAT;
  }
}
