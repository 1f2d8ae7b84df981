package io.baozi.bench.peers;

import io.baozi.frame.FrameWriter;
import io.baozi.frame.Header;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A connection of Baozi that puts into one queue. */
class BaoziConversation implements Conversation {
  /** More than any run puts. */
  private static final int CAPACITY = 100_000_000;

  /** More than are in flight on one connection, so that their ids differ. */
  private static final int PUTS = 128;

  private final String queue;
  private final ByteBuffer puts;
  private final int length; // of one
  private final Runnable unforced;
  private int next;

  /**
   * Puts into a queue.
   *
   * @param unforced is run when an answer does not say that the message is on disk
   */
  BaoziConversation(String queue, byte[] body, Runnable unforced) {
    this.queue = queue;
    this.unforced = unforced;
    byte[] frames = frames(body);
    length = frames.length / PUTS;
    puts = ByteBuffer.allocateDirect(frames.length).put(frames).flip();
  }

  /** Puts one behind the other, all equally long. */
  private byte[] frames(byte[] body) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int id = 100; id < 100 + PUTS; id++) {
      frames.writeBytes(frame(Header.of("op", "queue.put", "queue", queue, "id", id), body));
    }
    return frames.toByteArray();
  }

  static byte[] frame(Header header, byte[] body) {
    return FrameWriter.frame(header, Buffer.buffer(body)).getBytes();
  }

  @Override
  public void begin(DataInputStream in, OutputStream out) throws IOException {
    Header declare =
        Header.of("op", "queue.declare", "queue", queue, "capacity", CAPACITY, "id", 1);
    out.write(frame(declare, new byte[0]));
    requireOk(text(in.readNBytes(in.readInt())));
  }

  @Override
  public ByteBuffer put() {
    next = (next + 1) % PUTS;
    return puts.slice(next * length, length);
  }

  @Override
  public boolean isAnswered(ByteBuffer in) throws IOException {
    return answer(in) != null;
  }

  /** The next answer, null if it is not complete. */
  String answer(ByteBuffer in) throws IOException {
    if (in.remaining() < Integer.BYTES
        || in.remaining() < Integer.BYTES + in.getInt(in.position())) {
      return null;
    }
    byte[] header = new byte[in.getInt()];
    in.get(header);
    String answer = text(header);
    requireOk(answer);
    if (!answer.contains("\"durable\":\"synced\"")) {
      unforced.run();
    }
    return answer;
  }

  private static String text(byte[] header) {
    return new String(header, StandardCharsets.ISO_8859_1);
  }

  private static void requireOk(String answer) throws IOException {
    if (!answer.contains("\"ok\":true")) {
      throw new IOException("refused: " + answer);
    }
  }
}
