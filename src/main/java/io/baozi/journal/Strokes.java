package io.baozi.journal;

import java.io.IOException;
import org.rocksdb.RocksDBException;

/** The calls that durability rests on, where a test makes them fail. */
interface Strokes {
  /** One of them on a file. */
  @FunctionalInterface
  interface Stroke {
    /** Does it. */
    void run() throws IOException;
  }

  /** One of them on the store. */
  @FunctionalInterface
  interface StoreStroke {
    /** Does it. */
    void run() throws RocksDBException;
  }

  /** All of them done. */
  Strokes TRUE =
      new Strokes() {
        @Override
        public void write(Stroke stroke) throws IOException {
          stroke.run();
        }

        @Override
        public void force(Stroke stroke) throws IOException {
          stroke.run();
        }

        @Override
        public void forceNames(Stroke stroke) throws IOException {
          stroke.run();
        }

        @Override
        public void apply(StoreStroke stroke) throws RocksDBException {
          stroke.run();
        }
      };

  /** Hands a record of the log to the operating system. */
  void write(Stroke stroke) throws IOException;

  /** Forces to disk what was written of the log. */
  void force(Stroke stroke) throws IOException;

  /** Forces to disk how the files of the log are called. */
  void forceNames(Stroke stroke) throws IOException;

  /** Hands a batch to the store. */
  void apply(StoreStroke stroke) throws RocksDBException;
}
