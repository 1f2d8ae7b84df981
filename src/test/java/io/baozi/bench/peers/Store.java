package io.baozi.bench.peers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Bare RocksDB as it comes: one column family, a write batch, forced. One thread only. */
final class Store implements Closeable {
  private final Options options = new Options().setCreateIfMissing(true);
  private final WriteOptions forced = new WriteOptions().setSync(true);
  private final WriteBatch batch = new WriteBatch();
  private final RocksDB db;
  private final byte[] body;
  private long key;

  Store(Path directory, byte[] body) throws IOException {
    this.body = body;
    try {
      db = RocksDB.open(options, directory.toString());
    } catch (RocksDBException e) {
      throw new IOException(e);
    }
  }

  /** Writes so many messages and forces them to disk. */
  void write(int messages) throws IOException {
    try {
      batch.clear();
      for (int i = 0; i < messages; i++) {
        batch.put(ByteBuffer.allocate(Long.BYTES).putLong(++key).array(), body);
      }
      db.write(forced, batch);
    } catch (RocksDBException e) {
      throw new IOException(e);
    }
  }

  /** Its version, as numbers with dots. */
  static String version() {
    return RocksDB.rocksdbVersion().toString();
  }

  @Override
  public void close() {
    db.close();
    batch.close();
    forced.close();
    options.close();
  }
}
