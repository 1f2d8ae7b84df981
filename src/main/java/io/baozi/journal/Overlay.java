package io.baozi.journal;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatchWithIndex;

/** What the log has beyond a store that is only read, in memory outside of the heap. */
final class Overlay implements AutoCloseable {
  private final Handles handles;
  private final Map<Integer, ColumnFamilyHandle> families;
  private final WriteBatchWithIndex rows = new WriteBatchWithIndex(true);

  Overlay(Handles handles) {
    this.handles = handles;
    this.families =
        Stream.of(Family.values())
            .map(handles::family)
            .collect(Collectors.toMap(ColumnFamilyHandle::getID, Function.identity()));
  }

  /** Adds the rows of a batch. */
  void add(byte[] batch) throws RocksDBException {
    Batch.read(batch, this::add);
  }

  private void add(int family, byte[] key, byte[] value) throws RocksDBException {
    ColumnFamilyHandle into = families.get(family);
    if (value == null) {
      rows.delete(into, key);
    } else {
      rows.put(into, key, value);
    }
  }

  /** How many rows it has or removes, of all families. */
  long count() {
    return rows.count();
  }

  byte[] get(Family family, byte[] key) throws RocksDBException {
    return rows.getFromBatchAndDB(
        handles.database(), handles.family(family), handles.tuning().read(), key);
  }

  RocksIterator iterator(Family family, ReadOptions options) {
    ColumnFamilyHandle of = handles.family(family);
    return rows.newIteratorWithBase(of, handles.database().newIterator(of, options), options);
  }

  @Override
  public void close() {
    rows.close();
  }
}
