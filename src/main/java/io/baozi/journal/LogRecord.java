package io.baozi.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The form of a record of the log. It is
 *
 * <ul>
 *   <li>four bytes of checksum, a CRC-32C of the salt of the {@link LogName} and all that follows;
 *   <li>four of length, eight of the record's number, which is one more than that of the last;
 *   <li>four of a mark: its lowest bit says whether all that was written before was on disk then,
 *       so that damage before it is a loss; the others are a checksum of salt, length and number,
 *       so that bytes which look like many long records are not all read as far as those would
 *       reach;
 *   <li>its bytes, a {@link Batch}; and zeros, so that each begins at a multiple of eight.
 * </ul>
 */
final class LogRecord {
  /** Bytes before those of a record. */
  static final int HEAD = 20;

  /** Each begins at a multiple of so many bytes. */
  static final int STEP = 8;

  private static final int LENGTH = 4;
  private static final int NUMBER = 8;
  private static final int MARK = 16;

  private LogRecord() {}

  /** Where a record ends that has so many bytes. */
  static long end(long at, int length) {
    return (at + HEAD + length + STEP - 1) / STEP * STEP;
  }

  /** Writes what is before the bytes of a record. */
  static void head(ByteBuffer to, long salt, long number, boolean settled, byte[] bytes) {
    int begin = to.position();
    to.putInt(0).putInt(bytes.length).putLong(number);
    to.putInt(mark(salt, bytes.length, number) | (settled ? 1 : 0));
    to.putInt(begin, checksum(salt, to.slice(begin, HEAD), bytes));
  }

  /** How many bytes a record says that it has; any number at all if it is damaged. */
  static int length(ByteBuffer in, int head) {
    return in.getInt(head + LENGTH);
  }

  static long number(ByteBuffer in, int head) {
    return in.getLong(head + NUMBER);
  }

  /** Whether all before it was on disk when it was written. */
  static boolean isSettled(ByteBuffer in, int head) {
    return (in.getInt(head + MARK) & 1) != 0;
  }

  /** Whether a head is here, of a record that may be damaged. */
  static boolean isMarked(long salt, ByteBuffer in, int head) {
    return (in.getInt(head + MARK) & ~1) == mark(salt, length(in, head), number(in, head));
  }

  /** Whether the checksum in a head is that of the head and these bytes. */
  static boolean isWhole(long salt, ByteBuffer head, byte[] bytes) {
    return head.getInt(0) == checksum(salt, head, bytes);
  }

  /** That of a record before which not all is settled. */
  private static int mark(long salt, int length, long number) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(HEAD).putLong(salt).putInt(length).putLong(number).flip());
    return (int) sum.getValue() & ~1;
  }

  private static int checksum(long salt, ByteBuffer head, byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, salt));
    sum.update(head.slice(LENGTH, HEAD - LENGTH));
    sum.update(bytes);
    return (int) sum.getValue();
  }
}
