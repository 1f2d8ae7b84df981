package io.baozi.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.rocksdb.FlushOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.TableProperties;
import org.rocksdb.WriteBatch;

/**
 * The only way to RocksDB, which has all that the log has as soon as it is open. Whoever uses it
 * passes the turnstile, and who closes or replaces it is alone behind it, since a handle that is
 * used after it was closed ends the process.
 */
final class Store {
  private static final long READAHEAD = 2 << 20;

  private final Path directory;
  private final Path log;
  private final long memory;
  private final Strokes strokes;
  private final Turnstile turnstile = new Turnstile();
  private final Compactor compactor = new Compactor();

  // Used behind the turnstile, changed alone.
  private Handles handles; // null while it is away, and once closed
  private Overlay overlay; // null if it can be written
  private int[] numbers;
  private Optional<Fault> gap = Optional.empty();

  private Store(DataDirectory directory, long memory, Strokes strokes) {
    this.directory = directory.journal();
    this.log = directory.log();
    this.memory = memory;
    this.strokes = strokes;
  }

  /** Opens that of a directory, made if it is not there. */
  static Store open(DataDirectory directory, long memory, Strokes strokes)
      throws RocksDBException, IOException {
    Store store = new Store(directory, memory, strokes);
    store.reopen();
    return store;
  }

  /** Opens it to be read only. */
  static Store openToRead(DataDirectory directory, long memory, Opening opening)
      throws RocksDBException, IOException {
    Store store = new Store(directory, memory, Strokes.TRUE);
    store.reopenToRead(opening);
    return store;
  }

  /** What the log lacks of what the store has not, although it was opened to be read. */
  Optional<Fault> gap() {
    return gap;
  }

  /** Takes a batch, which is on disk some time later. */
  void write(byte[] batch) throws RocksDBException {
    turnstile.enter();
    try {
      apply(handles, batch);
    } finally {
      turnstile.leave();
    }
  }

  private void apply(Handles to, byte[] batch) throws RocksDBException {
    if (to == null) {
      throw new IllegalStateException("the store is closed");
    }
    try (WriteBatch rows = new WriteBatch(batch)) {
      strokes.apply(() -> to.write(rows));
    }
  }

  /** Begins to bring to disk all that it has; waits until it is there if that is wanted. */
  void flush(boolean wait) throws RocksDBException {
    turnstile.enter();
    try (FlushOptions options = new FlushOptions().setWaitForFlush(wait).setAllowWriteStall(true)) {
      database().flush(options, handles.families());
    } finally {
      turnstile.leave();
    }
  }

  /** The number of the last write that it has. */
  long last() throws RocksDBException {
    return Rows.number(get(Family.LOG, Rows.last()));
  }

  /** The number of the last write of which, and of all before, it has all on disk. */
  long lastOnDisk() throws RocksDBException {
    turnstile.enter();
    try {
      ReadOptions onDisk = handles.tuning().onDisk();
      return Rows.number(database().get(handles.family(Family.LOG), onDisk, Rows.last()));
    } finally {
      turnstile.leave();
    }
  }

  /** The numbers of the families in their order, as batches have them. */
  int[] numbers() {
    turnstile.enter();
    try {
      return numbers.clone();
    } finally {
      turnstile.leave();
    }
  }

  /** Values of rows of a family, null for those that are not there or cannot be read. */
  List<byte[]> get(Family family, List<byte[]> keys) throws RocksDBException {
    turnstile.enterWhenBack();
    try {
      if (overlay != null) {
        return overlay.getAll(family, keys);
      }
      return database()
          .multiGetAsList(
              handles.tuning().read(),
              Collections.nCopies(keys.size(), handles.family(family)),
              keys);
    } finally {
      turnstile.leave();
    }
  }

  /** The value of one row, null if it is not there. */
  byte[] get(Family family, byte[] key) throws RocksDBException {
    turnstile.enterWhenBack();
    try {
      return overlay != null
          ? overlay.get(family, key)
          : database().get(handles.family(family), handles.tuning().read(), key);
    } finally {
      turnstile.leave();
    }
  }

  /** What a row is handed to. */
  interface Reader<E extends Exception> {
    void row(byte[] key, byte[] value) throws E;
  }

  /** Whether the first row from a key on can be read; it can if there is none. */
  boolean isReadable(Family family, byte[] from) {
    turnstile.enter();
    try (ReadOptions options = new ReadOptions().setFillCache(false);
        RocksIterator rows = iterator(family, options)) {
      rows.seek(from);
      rows.status();
      return true;
    } catch (RocksDBException e) {
      return false;
    } finally {
      turnstile.leave();
    }
  }

  /** The tables of all families. */
  List<LiveFileMetaData> tables() {
    turnstile.enter();
    try {
      return database().getLiveFilesMetaData();
    } finally {
      turnstile.leave();
    }
  }

  /** About how many rows a family has. */
  long rows(Family family) throws RocksDBException {
    turnstile.enter();
    try {
      long tables = database().getLongProperty(handles.family(family), "rocksdb.estimate-num-keys");
      return overlay == null ? tables : tables + overlay.count(family);
    } finally {
      turnstile.leave();
    }
  }

  /** Hands over all rows of a family in their order. */
  <E extends Exception> void scan(Family family, Reader<E> to) throws RocksDBException, E {
    scan(family, new byte[0], to);
  }

  /** Hands over the rows of a family from a key on. */
  <E extends Exception> void scan(Family family, byte[] from, Reader<E> to)
      throws RocksDBException, E {
    turnstile.enter();
    try (ReadOptions options = new ReadOptions().setReadaheadSize(READAHEAD).setFillCache(false);
        RocksIterator rows = iterator(family, options)) {
      for (rows.seek(from); rows.isValid(); rows.next()) {
        to.row(rows.key(), rows.value());
      }
      rows.status();
    } finally {
      turnstile.leave();
    }
  }

  /** Bytes of values in a family's tables, living or dead, before compression. */
  long valuesInTables(Family family) throws RocksDBException {
    turnstile.enter();
    try {
      return handles == null
          ? 0
          : database().getPropertiesOfAllTables(handles.family(family)).values().stream()
              .mapToLong(TableProperties::getRawValueSize)
              .sum();
    } finally {
      turnstile.leave();
    }
  }

  /** Brings all to disk, and writes anew what lives of families. */
  void compact(List<Family> families) throws RocksDBException {
    turnstile.enter();
    try {
      if (handles != null) {
        compactor.run(handles, families);
      }
    } finally {
      turnstile.leave();
    }
  }

  /** It is not opened any more: who waits until it is back is refused. */
  void stay() {
    turnstile.close();
  }

  /** Closes it for good. Waits for who uses it; a compaction is called off. */
  void close() {
    turnstile.close();
    drop();
  }

  /** Closes it for a while; who wants to read waits until it is back. */
  void drop() {
    compactor.halt();
    turnstile.away(true);
    turnstile.alone(this::closeHandles);
  }

  private void closeHandles() {
    if (overlay != null) {
      overlay.close();
      overlay = null;
    }
    if (handles != null) {
      handles.close();
      handles = null;
    }
  }

  /** Opens it again, after it was dropped. */
  void reopen() throws RocksDBException, IOException {
    Handles opened = Handles.open(directory, memory);
    try {
      LogFiles.of(log).replay(last(opened), (number, batch) -> apply(opened, batch));
    } catch (RocksDBException | IOException | RuntimeException | Error e) {
      opened.close();
      throw e;
    }
    set(opened, null);
    compactor.allow();
  }

  /** Opens it again to be read only, after it was dropped. */
  void reopenToRead() throws RocksDBException, IOException {
    reopenToRead(Opening.WHOLE);
  }

  private void reopenToRead(Opening opening) throws RocksDBException, IOException {
    Handles opened = Handles.openToRead(directory, memory, opening);
    Overlay rows = new Overlay(opened);
    try {
      LogFiles files = LogFiles.of(log);
      if (opening == Opening.SALVAGE) {
        gap = files.gap(last(opened));
        files.salvage(last(opened), (number, batch) -> rows.add(batch));
      } else {
        files.replay(last(opened), (number, batch) -> rows.add(batch));
      }
    } catch (RocksDBException | IOException | RuntimeException | Error e) {
      rows.close();
      opened.close();
      throw e;
    }
    set(opened, rows);
  }

  private static long last(Handles of) throws RocksDBException {
    return Rows.number(of.database().get(of.family(Family.LOG), Rows.last()));
  }

  private void set(Handles opened, Overlay rows) {
    turnstile.alone(
        () -> {
          handles = opened;
          overlay = rows;
          numbers = opened.numbers();
        });
    turnstile.away(false);
  }

  private RocksIterator iterator(Family family, ReadOptions options) {
    RocksDB of = database();
    return overlay == null
        ? of.newIterator(handles.family(family), options)
        : overlay.iterator(family, options);
  }

  private RocksDB database() {
    if (handles == null) {
      throw new IllegalStateException("the store is closed");
    }
    return handles.database();
  }

  /** Whether it is closed for a while. */
  boolean isAway() {
    return turnstile.isAway();
  }
}
