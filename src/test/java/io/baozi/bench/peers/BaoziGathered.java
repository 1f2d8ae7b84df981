package io.baozi.bench.peers;

import io.baozi.frame.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A connection of Baozi on which all that is put at one time goes in one frame, as its client has
 * it: one answer, which says that all are kept.
 */
final class BaoziGathered extends BaoziConversation {
  private final String queue;
  private final byte[] body;

  /** Whole frames, by the number of puts in them. */
  private final Map<Integer, ByteBuffer> frames = new HashMap<>();

  private int inFlight; // puts in the frame that is not answered

  BaoziGathered(String queue, byte[] body, Runnable unforced) {
    super(queue, body, unforced);
    this.queue = queue;
    this.body = body;
  }

  @Override
  public ByteBuffer[] put(int count) {
    if (inFlight > 0) {
      throw new IllegalStateException("a frame of " + inFlight + " puts is not answered");
    }
    inFlight = count;
    return new ByteBuffer[] {frames.computeIfAbsent(count, this::frame).duplicate()};
  }

  private ByteBuffer frame(int count) {
    long[] sizes = new long[count];
    Arrays.fill(sizes, body.length);
    ByteBuffer bodies = ByteBuffer.allocate(count * body.length);
    while (bodies.hasRemaining()) {
      bodies.put(body);
    }
    Header header = Header.of("op", "queue.put", "queue", queue, "sizes", sizes, "id", 100);
    byte[] frame = frame(header, bodies.array());
    return ByteBuffer.allocateDirect(frame.length).put(frame).flip();
  }

  @Override
  public int answered(ByteBuffer in) throws IOException {
    if (answer(in) == null) {
      return 0;
    }
    int answered = inFlight;
    inFlight = 0;
    return answered;
  }
}
