package io.baozi.bench.peers;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A line of a text protocol, which ends with CR LF. */
final class TextLine {
  private TextLine() {}

  /** Takes the first line, without its end; null, taking nothing, if it is not complete. */
  static String take(ByteBuffer in) {
    for (int at = in.position(); at + 1 < in.limit(); at++) {
      if (in.get(at) == '\r' && in.get(at + 1) == '\n') {
        byte[] line = new byte[at - in.position()];
        in.get(line);
        in.position(at + 2);
        return new String(line, StandardCharsets.ISO_8859_1);
      }
    }
    return null;
  }

  /** Reads a line and not a byte more. */
  static String read(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < 2 || line.lastIndexOf("\r\n") < line.length() - 2) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("closed amid a line: " + line);
      }
      line.append((char) next);
    }
    return line.substring(0, line.length() - 2);
  }

  /** The bytes of text with a body and CR LF behind it. */
  static ByteBuffer withBody(String text, byte[] body) {
    byte[] head = text.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocateDirect(head.length + body.length + 2)
        .put(head)
        .put(body)
        .put((byte) '\r')
        .put((byte) '\n')
        .flip();
  }
}
