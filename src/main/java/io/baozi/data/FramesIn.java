package io.baozi.data;

import io.baozi.frame.Header;
import io.baozi.frame.MalformedHeaderException;
import io.baozi.journal.JournalException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/** Frames as {@link FramesOut} wrote them, read and held to their checksums. */
final class FramesIn {
  private static final int MAX_HEADER = 64 << 20;

  /**
   * A frame.
   *
   * @param number from 1
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Frame(long number, Header header, byte[] body) {}

  private final DataInputStream in;
  private final String name;
  private final CRC32C crc = new CRC32C();
  private long number;
  private long offset; // of what follows what was read
  private long start; // of the frame that is read, or was last

  /** Frames of a stream, which errors call by this name. */
  FramesIn(InputStream in, String name) {
    this.in = new DataInputStream(in);
    this.name = name;
  }

  /** The next one, which has to be there. */
  Frame next() throws IOException {
    long before = start;
    number++;
    start = offset;
    try {
      byte[] prefix = bytes(Integer.BYTES);
      byte[] head = bytes(headerLength(prefix));
      Header header = Header.parse(head);
      if (number > 1 && !Long.valueOf(crc.getValue()).equals(header.get("before"))) {
        number--;
        start = before;
        throw damaged("its checksum is wrong");
      }
      byte[] body = bytes(Math.toIntExact(header.size()));
      count(prefix, head, body);
      return new Frame(number, header, body);
    } catch (EOFException e) {
      throw damaged("the file is cut off there");
    } catch (MalformedHeaderException | ArithmeticException e) {
      throw damaged(e.getMessage());
    }
  }

  private int headerLength(byte[] prefix) throws JournalException {
    int length = 0;
    for (byte octet : prefix) {
      length = (length << 8) | (octet & 0xff);
    }
    if (length < 2 || length > MAX_HEADER) {
      throw damaged("no header has a length of " + (length & 0xffffffffL));
    }
    return length;
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length); // takes no more memory than what is there
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private void count(byte[]... parts) {
    crc.reset();
    for (byte[] part : parts) {
      crc.update(part);
      offset += part.length;
    }
  }

  /** Whether nothing follows. */
  boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  /** Bytes of the frames that were read. */
  long offset() {
    return offset;
  }

  /** What is said if the frame that was read last, or begun, is wrong. */
  JournalException damaged(String why) {
    return new JournalException(
        "frame %d of %s, at byte %d, is damaged: %s; nothing was imported"
            .formatted(number, name, start, why));
  }
}
