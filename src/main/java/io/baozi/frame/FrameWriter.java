package io.baozi.frame;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;

/**
 * Frames to bytes, many frames to one buffer, so that a turn's answers leave in one write. Not
 * thread-safe; one serves all connections of an event loop, since nothing stays in it after {@link
 * #take()}.
 */
public final class FrameWriter {
  private static final int LEAST_CAPACITY = 512;
  private static final int MOST_CAPACITY = 64 * 1024;

  private final ByteOrder byteOrder;
  private final JsonGenerator json;
  private Buffer out = Buffer.buffer(LEAST_CAPACITY);

  /** A writer that announces header lengths in this byte order. */
  public FrameWriter(ByteOrder byteOrder) {
    this.byteOrder = byteOrder;
    try {
      json = JsonFormat.FACTORY.createGenerator(new Tail());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    int start = out.length();
    out.appendInt(0);
    try {
      HeaderWriter.write(json, header, body.length());
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int length = out.length() - start - Integer.BYTES;
    if (byteOrder == ByteOrder.BIG_ENDIAN) {
      out.setInt(start, length);
    } else {
      out.setIntLE(start, length);
    }
    if (body.length() > 0) {
      out.appendBuffer(body);
    }
    return this;
  }

  /** The bytes added since the last take. */
  public int length() {
    return out.length();
  }

  /**
   * The bytes of all frames added since the last take. The next are expected to be about as many: a
   * buffer that grows copies what it has.
   */
  public Buffer take() {
    Buffer taken = out;
    out = Buffer.buffer(Math.max(LEAST_CAPACITY, Math.min(taken.length() * 5 / 4, MOST_CAPACITY)));
    return taken;
  }

  /** Where the generator's bytes go: behind what the buffer at hand already has. */
  private final class Tail extends OutputStream {
    @Override
    public void write(int b) {
      out.appendByte((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      out.appendBytes(bytes, offset, length);
    }
  }
}
