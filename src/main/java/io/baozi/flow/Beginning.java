package io.baozi.flow;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;

/**
 * The beginning of a stream, whose rest is read, so that its writer is not held up, and dropped.
 */
final class Beginning {
  private Beginning() {}

  /** Reads a stream to its end, or to its fault, which it then says; this blocks. */
  static Buffer of(InputStream stream, int most) {
    Buffer kept = Buffer.buffer();
    byte[] piece = new byte[most];
    try {
      for (int n = stream.read(piece); n >= 0; n = stream.read(piece)) {
        kept.appendBytes(piece, 0, Math.min(n, most - kept.length()));
      }
    } catch (IOException e) {
      kept.appendString("(" + e.getMessage() + ")");
    }
    return kept;
  }
}
