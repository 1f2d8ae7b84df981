package io.baozi.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A file of the log, read as far as it is whole. It is made longer before it is needed, or has been
 * used before: behind the last record are zeros, or what is left of older ones. A record is
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
final class LogFile {
  /** Bytes before those of a record. */
  static final int HEAD = 20;

  private static final int NUMBER = 8;
  private static final int MARK = 16;
  private static final int STEP = 8;
  private static final int WINDOW = 256 << 10;

  /** What is handed each record. */
  interface Reader<E extends Exception> {
    void record(long number, byte[] batch) throws E;
  }

  /**
   * What was found.
   *
   * @param size of the file
   * @param next number of the record that would come next
   * @param end where that would begin
   * @param torn bytes from there on that are of records, none of them needed; 0 if there are none
   * @param loss where a whole record is behind that, before which all was settled; -1 if none
   */
  record Finding(Path file, long size, long next, long end, long torn, long loss) {}

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final long salt;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long base; // of the window in the file
  private long next;
  private long at;

  private LogFile(Path file, LogName name, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
    this.salt = name.salt();
    this.next = name.first();
  }

  /** Looks for where it ends. */
  static Finding find(Path file, LogName name) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new LogFile(file, name, channel).find();
    }
  }

  /** Hands over its records up to where it ends. */
  static <E extends Exception> void read(Path file, LogName name, Reader<E> to)
      throws IOException, E {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      new LogFile(file, name, channel).read(to);
    }
  }

  /** Hands over all whole records, also those behind damage. */
  static <E extends Exception> void salvage(Path file, LogName name, Reader<E> to)
      throws IOException, E {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      LogFile log = new LogFile(file, name, channel);
      do {
        log.read(to);
      } while (log.skip());
    }
  }

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

  /** That of a record before which not all is settled. */
  private static int mark(long salt, int length, long number) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(20).putLong(salt).putInt(length).putLong(number).flip());
    return (int) sum.getValue() & ~1;
  }

  private static int checksum(long salt, ByteBuffer head, byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, salt));
    sum.update(head.slice(Integer.BYTES, HEAD - Integer.BYTES));
    sum.update(bytes);
    return (int) sum.getValue();
  }

  private Finding find() throws IOException {
    read((number, batch) -> {});
    long end = at;
    long ended = next;
    long torn = tornHere();
    long loss = -1;
    while (loss < 0 && skip()) {
      loss = isSettled() ? at : -1;
      at = end(at, length());
      next++;
      torn = at - end;
    }
    return new Finding(file, size, ended, end, torn, loss);
  }

  /** Bytes of a record that was begun where the file ends. */
  private long tornHere() throws IOException {
    boolean begun = look(at) && window.getLong(offset(at) + NUMBER) == next;
    return begun ? Math.min(size, end(at, Math.max(0, length()))) - at : 0;
  }

  private <E extends Exception> void read(Reader<E> to) throws IOException, E {
    for (byte[] batch = whole(); batch != null; batch = whole()) {
      to.record(next, batch);
      at = end(at, batch.length);
      next++;
    }
  }

  /** The bytes of the next record, if it is here and whole; else null. */
  private byte[] whole() throws IOException {
    return look(at) && window.getLong(offset(at) + NUMBER) == next ? bytes() : null;
  }

  /** Goes on to the next whole record behind damage, if there is one. */
  private boolean skip() throws IOException {
    for (long place = at; look(place); place += STEP) {
      long number = window.getLong(offset(place) + NUMBER);
      if (number >= next && number - next <= size && isMarked(place) && isWhole(place)) {
        at = place;
        next = number;
        return true;
      }
    }
    return false;
  }

  /** Whether a head is here, of a record that may be damaged. */
  private boolean isMarked(long place) {
    int head = offset(place);
    int length = window.getInt(head + Integer.BYTES);
    long number = window.getLong(head + NUMBER);
    return (window.getInt(head + MARK) & ~1) == mark(salt, length, number);
  }

  private boolean isWhole(long place) throws IOException {
    long before = at;
    at = place;
    boolean whole = bytes() != null;
    at = before;
    return whole;
  }

  private int length() throws IOException {
    return look(at) ? window.getInt(offset(at) + Integer.BYTES) : 0;
  }

  private boolean isSettled() throws IOException {
    return look(at) && (window.getInt(offset(at) + MARK) & 1) != 0;
  }

  /** The bytes of the record here, null if its checksum is wrong. */
  private byte[] bytes() throws IOException {
    int length = length();
    if (length < 0 || length > size - at - HEAD) {
      return null;
    }
    ByteBuffer head = ByteBuffer.allocate(HEAD).put(0, window, offset(at), HEAD);
    byte[] bytes = new byte[length];
    fill(ByteBuffer.wrap(bytes), at + HEAD);
    return head.getInt(0) == checksum(salt, head, bytes) ? bytes : null;
  }

  /** Has the window show a head at a place, if the file is long enough. */
  private boolean look(long place) throws IOException {
    if (place > size - HEAD) {
      return false;
    }
    if (place < base || place + HEAD > base + window.limit()) {
      base = place;
      window.clear();
      fill(window, base);
      window.flip();
    }
    return true;
  }

  private int offset(long place) {
    return (int) (place - base);
  }

  private void fill(ByteBuffer buffer, long from) throws IOException {
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, from + buffer.position());
    }
  }
}
