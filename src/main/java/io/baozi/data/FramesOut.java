package io.baozi.data;

import io.baozi.frame.FrameWriter;
import io.baozi.frame.Header;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes the frames of an export: what it is, then entries, then how many these were. */
final class FramesOut {
  /** The form of exports, and what reads it. */
  static final long FORMAT = 1;

  private final CRC32C sum = new CRC32C();
  private final CheckedOutputStream out;
  private final FrameWriter frames = new FrameWriter(ByteOrder.BIG_ENDIAN);
  private long count;

  FramesOut(OutputStream out) {
    this.out = new CheckedOutputStream(out, sum);
  }

  /** Adds a frame; one with a body tells its CRC-32C. */
  void add(Header header, byte[] body) throws IOException {
    Header whole = body.length == 0 ? header : header.with("crc", crc(body));
    out.write(frames.addHeader(whole, body.length).take().getBytes());
    out.write(body);
    count++;
  }

  /** Adds the last frame: how many were before it, and the CRC-32C of all their bytes. */
  void end() throws IOException {
    add(Header.of("kind", "end", "frames", count, "sum", sum.getValue()), new byte[0]);
    out.flush();
  }

  static long crc(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return crc.getValue();
  }
}
