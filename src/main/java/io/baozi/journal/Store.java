package io.baozi.journal;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.TableProperties;
import org.rocksdb.WriteBatch;

/**
 * The only way to RocksDB. Whoever uses it holds the lock shared, and it is closed or replaced
 * under the lock alone, since a handle that is used after it was closed ends the process.
 */
final class Store {
  private static final long READAHEAD = 2 << 20;

  private final Path directory;
  private final long memory;
  private final Strokes strokes;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Lock shared = lock.readLock();
  private final Object turnstile = new Object();
  private Handles handles; // under the lock; null while it is away, and once closed
  private int[] numbers; // under the lock
  private volatile boolean away;
  private volatile boolean closed;
  private CompactRangeOptions compaction; // under the turnstile; null if none is under way
  private boolean halted; // under the turnstile; no compaction is to begin

  private Store(Path directory, long memory, Strokes strokes) {
    this.directory = directory;
    this.memory = memory;
    this.strokes = strokes;
  }

  /** Opens it, made if it is not there. */
  static Store open(Path directory, long memory, Strokes strokes) throws RocksDBException {
    Store store = new Store(directory, memory, strokes);
    store.set(Handles.open(directory, memory));
    return store;
  }

  /** Opens it to be read only. */
  static Store openToRead(Path directory, long memory, Opening opening) throws RocksDBException {
    Store store = new Store(directory, memory, Strokes.TRUE);
    store.set(Handles.openToRead(directory, memory, opening));
    return store;
  }

  /** Hands a batch to the operating system. */
  void write(byte[] batch) throws RocksDBException {
    shared.lock();
    try (WriteBatch rows = new WriteBatch(batch)) {
      strokes.write(database(), handles.tuning().write(), rows);
    } finally {
      shared.unlock();
    }
  }

  /** Forces what was written. */
  void force() throws RocksDBException {
    shared.lock();
    try {
      strokes.force(database());
    } finally {
      shared.unlock();
    }
  }

  /** The numbers of the families in their order, as batches have them. */
  int[] numbers() {
    shared.lock();
    try {
      return numbers.clone();
    } finally {
      shared.unlock();
    }
  }

  /** Values of rows of a family, null for those that are not there or cannot be read. */
  List<byte[]> get(Family family, List<byte[]> keys) throws RocksDBException {
    await();
    try {
      return database()
          .multiGetAsList(
              handles.tuning().read(),
              Collections.nCopies(keys.size(), handles.family(family)),
              keys);
    } finally {
      shared.unlock();
    }
  }

  /** The value of one row, null if it is not there. */
  byte[] get(Family family, byte[] key) throws RocksDBException {
    await();
    try {
      return database().get(handles.family(family), handles.tuning().read(), key);
    } finally {
      shared.unlock();
    }
  }

  /** What a row is handed to. */
  interface Reader<E extends Exception> {
    void row(byte[] key, byte[] value) throws E;
  }

  /** Whether the first row from a key on can be read; it can if there is none. */
  boolean isReadable(Family family, byte[] from) {
    shared.lock();
    try (ReadOptions options = new ReadOptions().setFillCache(false);
        RocksIterator rows = database().newIterator(handles.family(family), options)) {
      rows.seek(from);
      rows.status();
      return true;
    } catch (RocksDBException e) {
      return false;
    } finally {
      shared.unlock();
    }
  }

  /** The tables of all families. */
  List<LiveFileMetaData> tables() {
    shared.lock();
    try {
      return database().getLiveFilesMetaData();
    } finally {
      shared.unlock();
    }
  }

  /** About how many rows a family has. */
  long rows(Family family) throws RocksDBException {
    shared.lock();
    try {
      return database().getLongProperty(handles.family(family), "rocksdb.estimate-num-keys");
    } finally {
      shared.unlock();
    }
  }

  /** Hands over all rows of a family in their order. */
  <E extends Exception> void scan(Family family, Reader<E> to) throws RocksDBException, E {
    scan(family, new byte[0], to);
  }

  /** Hands over the rows of a family from a key on. */
  <E extends Exception> void scan(Family family, byte[] from, Reader<E> to)
      throws RocksDBException, E {
    shared.lock();
    try (ReadOptions options = new ReadOptions().setReadaheadSize(READAHEAD).setFillCache(false);
        RocksIterator rows = database().newIterator(handles.family(family), options)) {
      for (rows.seek(from); rows.isValid(); rows.next()) {
        to.row(rows.key(), rows.value());
      }
      rows.status();
    } finally {
      shared.unlock();
    }
  }

  /** Bytes of values in a family's tables, living or dead, before compression. */
  long valuesInTables(Family family) throws RocksDBException {
    shared.lock();
    try {
      return handles == null
          ? 0
          : database().getPropertiesOfAllTables(handles.family(family)).values().stream()
              .mapToLong(TableProperties::getRawValueSize)
              .sum();
    } finally {
      shared.unlock();
    }
  }

  /** Writes anew what lives, and frees the rest: of logs by a flush, of tables by a compaction. */
  void compact(List<Family> families) throws RocksDBException {
    shared.lock();
    try (CompactRangeOptions options = begin();
        FlushOptions flush = new FlushOptions().setAllowWriteStall(true)) {
      if (handles != null && !options.canceled()) {
        database().flush(flush, handles.families());
        for (Family family : families) {
          database().compactRange(handles.family(family), null, null, options);
        }
      }
    } finally {
      end();
      shared.unlock();
    }
  }

  /** Closes it for good. Waits for who uses it; a compaction is called off. */
  void close() {
    closed = true;
    drop();
  }

  /** Closes it for a while; who wants to read waits until it is back. */
  void drop() {
    halt(true);
    away = true;
    lock.writeLock().lock();
    try {
      if (handles != null) {
        handles.close();
        handles = null;
      }
    } finally {
      lock.writeLock().unlock();
    }
    wake();
  }

  /** Opens it again, after it was dropped. */
  void reopen() throws RocksDBException {
    set(Handles.open(directory, memory));
    halt(false);
  }

  /** Opens it again to be read only, after it was dropped. */
  void reopenToRead() throws RocksDBException {
    set(Handles.openToRead(directory, memory, Opening.SERVE));
  }

  private void set(Handles opened) {
    lock.writeLock().lock();
    try {
      handles = opened;
      numbers = opened.numbers();
    } finally {
      lock.writeLock().unlock();
    }
    away = false;
    wake();
  }

  private RocksDB database() {
    if (handles == null) {
      throw new IllegalStateException("the store is closed");
    }
    return handles.database();
  }

  /** Locks it shared when it is there, or closed for good. */
  private void await() {
    shared.lock();
    while (handles == null && !closed) {
      shared.unlock();
      rest();
      shared.lock();
    }
  }

  private void rest() {
    synchronized (turnstile) {
      while (isAway()) {
        try {
          turnstile.wait();
        } catch (InterruptedException e) {
          throw new IllegalStateException("the store's threads are not interrupted", e);
        }
      }
    }
  }

  /** Whether it is closed for a while. */
  boolean isAway() {
    return away && !closed;
  }

  private void wake() {
    synchronized (turnstile) {
      turnstile.notifyAll();
    }
  }

  private void halt(boolean now) {
    synchronized (turnstile) {
      halted = now;
      if (now && compaction != null) {
        compaction.setCanceled(true);
      }
    }
  }

  private CompactRangeOptions begin() {
    synchronized (turnstile) {
      compaction =
          new CompactRangeOptions().setExclusiveManualCompaction(false).setCanceled(halted);
      return compaction;
    }
  }

  private void end() {
    synchronized (turnstile) {
      compaction = null;
    }
  }
}
