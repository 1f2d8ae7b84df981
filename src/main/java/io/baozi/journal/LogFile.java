package io.baozi.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of the log, read as far as it is whole. It is made longer before it is needed, or has been
 * used before: behind the last record are zeros, or what is left of older ones.
 */
final class LogFile {
  private static final int WINDOW = 256 << 10;

  /** What is handed each record. */
  interface Reader<E extends Exception> {
    void record(long number, byte[] batch) throws E;
  }

  /**
   * What was found.
   *
   * @param next number of the record that would come next
   * @param end where that would begin
   * @param torn bytes from there on that are of records, none of them needed; 0 if there are none
   * @param loss where a whole record is behind that, before which all was settled; -1 if none
   */
  record Finding(Path file, long next, long end, long torn, long loss) {}

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

  /**
   * Hands over its records up to where it ends.
   *
   * @return number of the record that would come next
   */
  static <E extends Exception> long read(Path file, LogName name, Reader<E> to)
      throws IOException, E {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      LogFile log = new LogFile(file, name, channel);
      log.read(to);
      return log.next;
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

  private Finding find() throws IOException {
    read((number, batch) -> {});
    long end = at;
    long ended = next;
    long torn = tornHere();
    long loss = -1;
    while (loss < 0 && skip()) {
      loss = isSettled() ? at : -1;
      at = LogRecord.end(at, length());
      next++;
      torn = at - end;
    }
    return new Finding(file, ended, end, torn, loss);
  }

  /** Bytes of a record that was begun where the file ends. */
  private long tornHere() throws IOException {
    boolean begun = look(at) && LogRecord.number(window, offset(at)) == next;
    return begun ? Math.min(size, LogRecord.end(at, Math.max(0, length()))) - at : 0;
  }

  private <E extends Exception> void read(Reader<E> to) throws IOException, E {
    for (byte[] batch = whole(); batch != null; batch = whole()) {
      to.record(next, batch);
      at = LogRecord.end(at, batch.length);
      next++;
    }
  }

  /** The bytes of the next record, if it is here and whole; else null. */
  private byte[] whole() throws IOException {
    return look(at) && LogRecord.number(window, offset(at)) == next ? bytes() : null;
  }

  /** Goes on to the next whole record behind damage, if there is one. */
  private boolean skip() throws IOException {
    for (long place = at; look(place); place += LogRecord.STEP) {
      long number = LogRecord.number(window, offset(place));
      if (number >= next && number - next <= size && isMarked(place) && isWhole(place)) {
        at = place;
        next = number;
        return true;
      }
    }
    return false;
  }

  private boolean isMarked(long place) {
    return LogRecord.isMarked(salt, window, offset(place));
  }

  private boolean isWhole(long place) throws IOException {
    long before = at;
    at = place;
    boolean whole = bytes() != null;
    at = before;
    return whole;
  }

  private int length() throws IOException {
    return look(at) ? LogRecord.length(window, offset(at)) : 0;
  }

  private boolean isSettled() throws IOException {
    return look(at) && LogRecord.isSettled(window, offset(at));
  }

  /** The bytes of the record here, null if its checksum is wrong. */
  private byte[] bytes() throws IOException {
    int length = length();
    if (length < 0 || length > size - at - LogRecord.HEAD) {
      return null;
    }
    ByteBuffer head =
        ByteBuffer.allocate(LogRecord.HEAD).put(0, window, offset(at), LogRecord.HEAD);
    byte[] bytes = new byte[length];
    fill(ByteBuffer.wrap(bytes), at + LogRecord.HEAD);
    return LogRecord.isWhole(salt, head, bytes) ? bytes : null;
  }

  /** Has the window show a head at a place, if the file is long enough. */
  private boolean look(long place) throws IOException {
    if (place > size - LogRecord.HEAD) {
      return false;
    }
    if (place < base || place + LogRecord.HEAD > base + window.limit()) {
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
