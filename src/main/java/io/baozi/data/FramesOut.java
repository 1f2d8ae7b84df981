package io.baozi.data;

import io.baozi.frame.FrameWriter;
import io.baozi.frame.Header;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Frames written one after the other, each with the checksum of the one before it: a frame that was
 * damaged is known by the next.
 */
final class FramesOut {
  private final OutputStream out;
  private final FrameWriter writer = new FrameWriter(ByteOrder.BIG_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private long count;

  FramesOut(OutputStream out) {
    this.out = out;
  }

  /** Writes one. */
  void add(Header header, byte[] body) throws IOException {
    Header checked = count == 0 ? header : header.with("before", crc.getValue());
    byte[] head = writer.addHeader(checked, body.length).take().getBytes();
    crc.reset();
    crc.update(head);
    crc.update(body);
    out.write(head);
    out.write(body);
    count++;
  }

  /** How many were written. */
  long count() {
    return count;
  }
}
