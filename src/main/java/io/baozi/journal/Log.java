package io.baozi.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;

/**
 * The write-ahead log: what is in it is kept, and comes into the store later. Its files are written
 * over again once the store has on disk what was in them, and a new one is made longer by much at a
 * time: so nearly every force has only the records to write, and not the length of a file as well.
 * Used by one thread.
 */
final class Log implements AutoCloseable {
  /** So much longer is a file made at once. */
  private static final int EXTENT = 1 << 20;

  private static final int CHUNK = 128 << 10;

  /** Files that wait to be written over; more are removed. */
  private static final int SPARES = 2;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;

  /** The directory, open, so that what forces its names needs nothing that may run out. */
  private final FileChannel names;

  private final long most; // bytes in a file
  private final boolean everSettled;
  private final Strokes strokes;
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);

  /** Those behind which the store is not known to be yet, oldest first. */
  private final Deque<LogName> older = new ArrayDeque<>();

  private final Deque<Path> spares = new ArrayDeque<>();
  private long place; // of the file
  private LogName name;
  private FileChannel file; // null before it has begun
  private long size; // of the file
  private long at; // where the next record begins
  private long next; // its number
  private boolean unforced;

  /** Whether the next record belongs into another file, however small it is. */
  private boolean turning;

  private Log(Path directory, long next, long most, boolean everSettled, Strokes strokes)
      throws IOException {
    this.directory = directory;
    this.names = FileChannel.open(directory, StandardOpenOption.READ);
    this.next = next;
    this.most = most;
    this.everSettled = everSettled;
    this.strokes = strokes;
  }

  /**
   * Begins with an empty file; all that is in the directory counts for nothing any more, and is not
   * written over, as nobody knows what a disk that failed has made of it.
   *
   * @param next number of the first record
   * @param most bytes in a file, but for a record alone
   * @param everSettled whether all that was written counts as being on disk, as nothing is forced
   */
  static Log begin(Path directory, long next, long most, boolean everSettled, Strokes strokes)
      throws IOException {
    Files.createDirectories(directory);
    DataDirectory.force(directory.getParent());
    Log log = new Log(directory, next, most, everSettled, strokes);
    try {
      SortedMap<LogName, Path> all = LogFiles.all(directory);
      log.place = all.isEmpty() ? 0 : all.lastKey().place();
      log.turnOver(true);
      log.spares.addAll(all.values());
      log.removeSpares(0);
      return log;
    } catch (IOException e) {
      log.close();
      throw e;
    }
  }

  /** Number of the last record. */
  long last() {
    return next - 1;
  }

  /** Number of the first record of the file that is written to, also if it is not there yet. */
  long first() {
    return name.first();
  }

  /** Whether something was written and not forced. */
  boolean isUnforced() {
    return unforced;
  }

  /**
   * Hands a record to the operating system. If that fails it was not written, and may be again.
   *
   * @throws ForceException if the file was full, and could not be forced
   */
  void append(byte[] batch) throws IOException {
    if (turning || (at > 0 && LogRecord.end(at, batch.length) > most)) {
      turning = true; // also if it fails now: another file may be there
      force();
      turnOver(false);
      turning = false;
    }
    long end = LogRecord.end(at, batch.length);
    extend(end);
    strokes.write(() -> write(batch));
    at = end;
    next++;
    unforced = true;
  }

  private void write(byte[] batch) throws IOException {
    chunk.clear();
    LogRecord.head(chunk, name.salt(), next, everSettled || !unforced, batch);
    long to = at;
    int from = 0;
    while (from < batch.length || chunk.position() > 0) {
      int part = Math.min(batch.length - from, chunk.remaining());
      chunk.put(batch, from, part);
      from += part;
      chunk.flip();
      while (chunk.hasRemaining()) {
        to += file.write(chunk, to);
      }
      chunk.clear();
    }
  }

  /**
   * Forces what was written.
   *
   * @throws ForceException if that fails; nothing may be forced again then
   */
  void force() throws ForceException {
    if (unforced) {
      try {
        strokes.force(() -> file.force(false));
      } catch (IOException e) {
        throw new ForceException(e);
      }
      unforced = false;
    }
  }

  /** Files of records up to this one are not needed any more. */
  void release(long stored) throws IOException {
    while (!older.isEmpty() && firstBehind() - 1 <= stored) {
      Path file = older.peek().in(directory);
      boolean isLarge = Files.size(file) > most + EXTENT;
      older.remove();
      spares.add(file);
      removeSpares(isLarge ? 0 : SPARES);
    }
  }

  /** Has no file counted any more, since the store has all on disk. */
  void settle() throws IOException {
    turnOver(true);
  }

  /** Number of the first record behind the oldest file. */
  private long firstBehind() {
    return older.size() > 1
        ? older.stream().skip(1).findFirst().orElseThrow().first()
        : name.first();
  }

  /** Removes the oldest, so that those that are left have no gap, whenever it ends. */
  private void removeSpares(int left) throws IOException {
    if (spares.size() > left) {
      while (spares.size() > left) {
        Files.deleteIfExists(spares.peek());
        spares.remove();
      }
      forceNames();
    }
  }

  /** Goes on in another file. */
  private void turnOver(boolean start) throws IOException {
    place++;
    LogName fresh = new LogName(place, next, RANDOM.nextLong(), start);
    Path path = fresh.in(directory);
    if (spares.isEmpty()) {
      Files.createFile(path);
    } else {
      Files.move(spares.peek(), path);
      spares.remove();
    }
    spares.addFirst(path); // should what follows fail, it is the next that is taken
    forceNames();
    FileChannel done = file;
    file = FileChannel.open(path, StandardOpenOption.WRITE);
    spares.remove();
    if (done != null) {
      older.add(name);
    }
    name = fresh;
    size = file.size();
    at = 0;
    if (done != null) {
      done.close();
    }
  }

  private void forceNames() throws ForceException {
    try {
      strokes.forceNames(() -> names.force(true));
    } catch (IOException e) {
      throw new ForceException(e);
    }
  }

  /** Makes the file longer if it is to reach this far. */
  private void extend(long end) throws IOException {
    if (end <= size) {
      return;
    }
    long wanted = (end + EXTENT - 1) / EXTENT * EXTENT;
    chunk.clear();
    while (chunk.hasRemaining()) {
      chunk.putLong(0);
    }
    while (size < wanted) {
      chunk.clear().limit((int) Math.min(CHUNK, wanted - size));
      size += file.write(chunk, size);
    }
  }

  @Override
  public void close() throws IOException {
    try (names) {
      if (file != null) {
        file.close();
      }
    }
  }
}
