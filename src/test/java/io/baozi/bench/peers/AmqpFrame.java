package io.baozi.bench.peers;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A frame of AMQP 0-9-1: type, channel, length, payload and an end mark.
 *
 * @param type {@link #METHOD}, {@link #HEADER}, {@link #BODY} or another
 * @param payload not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record AmqpFrame(int type, int channel, byte[] payload) {
  static final int METHOD = 1;
  static final int HEADER = 2;
  static final int BODY = 3;

  private static final int END = 0xCE;

  /** What is around a payload: type, channel and length before it, the end mark behind it. */
  private static final int AROUND = 8;

  /** Writes the arguments of a method. */
  interface Arguments {
    void write(DataOutputStream out) throws IOException;
  }

  /** A method with its arguments. */
  static AmqpFrame method(int channel, int type, int method, Arguments arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeShort(type);
      out.writeShort(method);
      arguments.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return new AmqpFrame(METHOD, channel, bytes.toByteArray());
  }

  /** Writes a text of at most 255 bytes. */
  static void shortText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeByte(bytes.length);
    out.write(bytes);
  }

  /** Reads one frame and not a byte more. */
  static AmqpFrame read(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    int channel = in.readUnsignedShort();
    byte[] payload = in.readNBytes(in.readInt());
    requireEnd(in.readUnsignedByte());
    return new AmqpFrame(type, channel, payload);
  }

  /** Takes the first frame; null, taking nothing, if it is not complete. */
  static AmqpFrame take(ByteBuffer in) throws IOException {
    if (in.remaining() < AROUND || in.remaining() < AROUND + in.getInt(in.position() + 3)) {
      return null;
    }
    int type = in.get();
    int channel = in.getShort();
    byte[] payload = new byte[in.getInt()];
    in.get(payload);
    requireEnd(Byte.toUnsignedInt(in.get()));
    return new AmqpFrame(type, channel, payload);
  }

  private static void requireEnd(int end) throws IOException {
    if (end != END) {
      throw new IOException("a frame ends with " + end);
    }
  }

  /** Its bytes. */
  byte[] bytes() {
    return ByteBuffer.allocate(AROUND + payload.length)
        .put((byte) type)
        .putShort((short) channel)
        .putInt(payload.length)
        .put(payload)
        .put((byte) END)
        .array();
  }

  /** Whether it is this method. */
  boolean is(int ofType, int method) {
    ByteBuffer head = ByteBuffer.wrap(payload);
    return type == METHOD && head.getShort() == ofType && head.getShort() == method;
  }
}
