package io.baozi.frame;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Frames to bytes, many frames to one buffer, so that a turn's answers leave in one write. Not
 * thread-safe; one serves all connections of an event loop, since nothing stays in it after {@link
 * #take()}.
 */
public final class FrameWriter {
  private static final int FIRST_CAPACITY = 512;

  /** What has grown beyond this many bytes is not kept for the frames to come. */
  private static final int KEPT_CAPACITY = 1024 * 1024;

  private final ByteOrder byteOrder;
  private JsonBytes out = new JsonBytes(FIRST_CAPACITY);

  /** A writer that announces header lengths in this byte order. */
  public FrameWriter(ByteOrder byteOrder) {
    this.byteOrder = Objects.requireNonNull(byteOrder, "byteOrder");
  }

  /** One frame on its own. */
  public static Buffer frame(Header header, Buffer body) {
    return new FrameWriter(ByteOrder.BIG_ENDIAN).add(header, body).take();
  }

  /**
   * Adds a frame; the header's {@code size} is written from the body's length.
   *
   * @param body copied; may be empty
   */
  public FrameWriter add(Header header, Buffer body) {
    addHeader(header, body.length());
    out.raw(body);
    return this;
  }

  /**
   * Adds a frame without its body, which whoever calls this sends behind it.
   *
   * @param size of the body, in bytes
   */
  public FrameWriter addHeader(Header header, long size) {
    int prefix = out.skipInt();
    HeaderWriter.write(out, header, size);
    int length = out.length() - prefix - Integer.BYTES;
    out.setInt(prefix, byteOrder == ByteOrder.BIG_ENDIAN ? length : Integer.reverseBytes(length));
    return this;
  }

  /** Forgets what was added since the last take, such as the half of a frame that failed. */
  public void discard() {
    out = new JsonBytes(FIRST_CAPACITY);
  }

  /** The bytes added since the last take. */
  public int length() {
    return out.length();
  }

  /** The bytes of all frames added since the last take. */
  public Buffer take() {
    Buffer taken = out.toBuffer();
    if (out.capacity() > KEPT_CAPACITY) {
      out = new JsonBytes(FIRST_CAPACITY);
    } else {
      out.clear();
    }
    return taken;
  }
}
