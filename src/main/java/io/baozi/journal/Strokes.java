package io.baozi.journal;

import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** The two calls that durability rests on, where a test makes them fail. */
interface Strokes {
  /** As RocksDB does them. */
  Strokes TRUE =
      new Strokes() {
        @Override
        public void write(RocksDB database, WriteOptions options, WriteBatch batch)
            throws RocksDBException {
          database.write(options, batch);
        }

        @Override
        public void force(RocksDB database) throws RocksDBException {
          database.syncWal();
        }
      };

  /** Hands a batch to the operating system. */
  void write(RocksDB database, WriteOptions options, WriteBatch batch) throws RocksDBException;

  /** Forces to disk what was written. */
  void force(RocksDB database) throws RocksDBException;
}
