package io.baozi.frame;

import io.vertx.core.buffer.Buffer;

/**
 * A body that is kept whole, as far as it has arrived. What it allocates follows what has arrived
 * and ends at the length announced; nothing of it is shared with the chunks.
 */
final class KeptBody {
  private final int length;
  private int capacity;
  private Buffer bytes;

  /** An empty body of which this many bytes are announced. */
  KeptBody(int length) {
    this.length = length;
  }

  void append(Buffer chunk, int start, int end) {
    int arrived = bytes == null ? 0 : bytes.length();
    if (capacity - arrived < end - start) {
      grow(arrived + end - start);
    }
    bytes.appendBuffer(chunk, start, end - start);
  }

  private void grow(int needed) {
    capacity = (int) Math.min(length, Math.max(needed, 2L * capacity));
    Buffer grown = Buffer.buffer(capacity);
    bytes = bytes == null ? grown : grown.appendBuffer(bytes);
  }

  /** What has arrived. */
  Buffer bytes() {
    return bytes;
  }
}
