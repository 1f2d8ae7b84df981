package io.baozi.bench.peers;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A conversation without greeting, in which the same put is answered by one line of text. */
final class OneLineAnswers implements Conversation {
  private final ByteBuffer put;
  private final String good;

  /**
   * Says one thing again and again.
   *
   * @param put all bytes of a put
   * @param good how the line begins that says that it is kept
   */
  OneLineAnswers(ByteBuffer put, String good) {
    this.put = put;
    this.good = good;
  }

  @Override
  public void begin(DataInputStream in, OutputStream out) {}

  @Override
  public ByteBuffer put() {
    return put.duplicate();
  }

  @Override
  public boolean isAnswered(ByteBuffer in) throws IOException {
    String line = TextLine.take(in);
    if (line != null && !line.startsWith(good)) {
      throw new IOException("a put is refused: " + line);
    }
    return line != null;
  }
}
