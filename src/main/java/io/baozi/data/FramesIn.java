package io.baozi.data;

import io.baozi.frame.Header;
import io.baozi.frame.MalformedHeaderException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Reads the frames of an export, and says of what is wrong in which frame it is, and where. */
final class FramesIn {
  private static final int LONGEST_HEADER = 32 << 20;
  private static final int LONGEST_BODY = 1 << 30;
  private static final int AT_ONCE = 1 << 16;

  private final InputStream in;
  private final String name;
  private final CRC32C sum = new CRC32C();
  private long number;
  private long offset;
  private long read;
  private Header header;
  private byte[] body;

  /**
   * @param name of the file, as an error calls it
   */
  FramesIn(InputStream in, String name) {
    this.in = new BufferedInputStream(in, AT_ONCE);
    this.name = name;
  }

  /** Reads the next frame, which there has to be, up to and with its last. */
  void next() throws IOException {
    long before = sum.getValue();
    number++;
    offset = read;
    int length = ByteBuffer.wrap(bytes(Integer.BYTES)).getInt();
    if (length < 2 || length > LONGEST_HEADER) {
      throw wrong("its header is said to have " + Integer.toUnsignedString(length) + " bytes");
    }
    header = parsed(bytes(length));
    if (header.size() > LONGEST_BODY) {
      throw wrong("its body is said to have " + header.size() + " bytes");
    }
    body = bytes((int) header.size());
    check(before);
  }

  /** Whether this is the last frame. */
  boolean isEnd() {
    return "end".equals(header.text("kind"));
  }

  Header header() {
    return header;
  }

  byte[] body() {
    return body;
  }

  /** How many bytes were read so far. */
  long read() {
    return read;
  }

  /** Refuses what stands behind the last frame. */
  void requireEnd() throws IOException {
    if (in.read() >= 0) {
      throw new DataException(
          "%s has something behind its last frame, from byte %d".formatted(name, read));
    }
  }

  /** What is wrong with this frame. */
  DataException wrong(String why) {
    return new DataException(
        "%s is damaged in frame %d, at byte %d: %s".formatted(name, number, offset, why));
  }

  private void check(long before) throws DataException {
    if (body.length > 0 && !Long.valueOf(FramesOut.crc(body)).equals(header.get("crc"))) {
      throw wrong("its body does not match its checksum");
    }
    if (isEnd() && !Long.valueOf(number - 1).equals(header.get("frames"))) {
      throw wrong("it counts " + header.get("frames") + " frames before it");
    }
    if (isEnd() && !Long.valueOf(before).equals(header.get("sum"))) {
      throw wrong("what is before it does not match its checksum");
    }
  }

  private Header parsed(byte[] utf8) throws DataException {
    try {
      return Header.parse(utf8);
    } catch (MalformedHeaderException e) {
      throw wrong(e.getMessage());
    }
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    read += bytes.length;
    if (bytes.length < length) {
      throw new DataException(
          "%s ends at byte %d, inside of frame %d or before it, and without the frame that ends an export: it was cut off"
              .formatted(name, read, number));
    }
    sum.update(bytes);
    return bytes;
  }
}
