package io.baozi.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;

/** All that was opened of RocksDB, closed in order. {@link Store} sees that nobody uses it then. */
final class Handles implements AutoCloseable {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private final Tuning tuning;
  private final List<ColumnFamilyHandle> families;
  private final RocksDB database;

  private Handles(Tuning tuning, List<ColumnFamilyHandle> families, RocksDB database) {
    this.tuning = tuning;
    this.families = families;
    this.database = database;
  }

  /** Opens the database of a directory, which is made if it is not there. */
  static Handles open(Path directory, long memory) throws RocksDBException {
    return opened(directory, memory, Opening.WHOLE, false);
  }

  /** Opens it to be read only, which takes nothing of the disk. */
  static Handles openToRead(Path directory, long memory, Opening opening) throws RocksDBException {
    return opened(directory, memory, opening, true);
  }

  private static Handles opened(Path directory, long memory, Opening opening, boolean readOnly)
      throws RocksDBException {
    Tuning tuning = new Tuning(memory, opening);
    List<ColumnFamilyHandle> families = new ArrayList<>();
    try {
      String path = directory.toString();
      RocksDB database =
          readOnly
              ? RocksDB.openReadOnly(tuning.database(), path, tuning.families(), families)
              : RocksDB.open(tuning.database(), path, tuning.families(), families);
      return new Handles(tuning, List.copyOf(families), database);
    } catch (RocksDBException e) {
      tuning.close();
      throw e;
    }
  }

  /**
   * Takes a batch; waits while too much is on its way to disk. RocksDB's own waiting does not end
   * when the disk is full: it hopes for space, as long as that takes, and tells nobody.
   *
   * @throws RocksDBException also if what is on its way cannot come to disk
   */
  void write(WriteBatch rows) throws RocksDBException {
    while (isRefused(rows)) {
      LockSupport.parkNanos(PAUSE);
    }
  }

  private boolean isRefused(WriteBatch rows) throws RocksDBException {
    try {
      database.write(tuning.write(), rows);
      return false;
    } catch (RocksDBException e) {
      if (e.getStatus() != null && e.getStatus().getCode() == Status.Code.Incomplete) {
        return true;
      }
      throw e;
    }
  }

  RocksDB database() {
    return database;
  }

  Tuning tuning() {
    return tuning;
  }

  ColumnFamilyHandle family(Family family) {
    return families.get(family.place());
  }

  List<ColumnFamilyHandle> families() {
    return families;
  }

  /** The numbers of the families in their order. */
  int[] numbers() {
    return families.stream().mapToInt(ColumnFamilyHandle::getID).toArray();
  }

  @Override
  public void close() {
    families.forEach(ColumnFamilyHandle::close);
    database.close();
    tuning.close();
  }
}
