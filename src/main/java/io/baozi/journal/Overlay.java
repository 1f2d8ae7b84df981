package io.baozi.journal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
  private static final Logger LOG = System.getLogger(Overlay.class.getName());

  private final Handles handles;
  private final Map<Integer, ColumnFamilyHandle> families;
  private final Map<Integer, Long> counts = new HashMap<>();
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
    counts.merge(family, value == null ? -1L : 1L, Long::sum);
    if (value == null) {
      rows.delete(into, key);
    } else {
      rows.put(into, key, value);
    }
  }

  /** By how many rows a family is larger or smaller with it, about. */
  long count(Family family) {
    return counts.getOrDefault(handles.family(family).getID(), 0L);
  }

  byte[] get(Family family, byte[] key) throws RocksDBException {
    return rows.getFromBatchAndDB(
        handles.database(), handles.family(family), handles.tuning().read(), key);
  }

  /** The values of rows, null for those that are not there or cannot be read. */
  List<byte[]> getAll(Family family, List<byte[]> keys) {
    List<byte[]> values = new ArrayList<>(keys.size());
    for (byte[] key : keys) {
      byte[] value = null;
      try {
        value = get(family, key);
      } catch (RocksDBException e) {
        LOG.log(Level.DEBUG, "A row cannot be read: {0}", Damage.why(e));
      }
      values.add(value);
    }
    return values;
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
