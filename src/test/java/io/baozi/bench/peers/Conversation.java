package io.baozi.bench.peers;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** What is said over one connection: a greeting, then one put after another, each answered. */
interface Conversation {
  /** Says what has to be said before the first put, and reads exactly what answers it. */
  void begin(DataInputStream in, OutputStream out) throws IOException;

  /** The bytes of the next put, to be sent whole. */
  ByteBuffer put();

  /** The bytes of several puts that are sent together. */
  default ByteBuffer[] put(int count) {
    ByteBuffer[] puts = new ByteBuffer[count];
    for (int i = 0; i < count; i++) {
      puts[i] = put();
    }
    return puts;
  }

  /**
   * Takes what has come, as far as it is complete.
   *
   * @param in bytes that are not taken are shown again, with more behind them
   * @return whether the put is answered
   * @throws IOException if it is refused
   */
  boolean isAnswered(ByteBuffer in) throws IOException;

  /** The same, of puts that are answered together: how many are. */
  default int answered(ByteBuffer in) throws IOException {
    return isAnswered(in) ? 1 : 0;
  }
}
