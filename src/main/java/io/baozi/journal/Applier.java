package io.baozi.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.rocksdb.RocksDBException;

/**
 * Brings into the store what the log has, and has the log give its files free once the store has on
 * disk what is in them. On the writer's thread only.
 */
final class Applier {
  private static final Logger LOG = System.getLogger(Applier.class.getName());

  private final Log log;
  private final Store store;
  private final Reads reads;
  private final Sizes sizes;

  /** What is in the log and not yet in the store; null if there is nothing. */
  private byte[] owed;

  /** The first record of the file of the log for which the store was last brought to disk. */
  private long flushed;

  /** Whether something that the log has could not be brought into the store. */
  private boolean failed;

  Applier(Log log, Store store, Reads reads, Sizes sizes) {
    this.log = log;
    this.store = store;
    this.reads = reads;
    this.sizes = sizes;
    this.flushed = log.first();
  }

  /** The log has this batch, the store is to have it. */
  void owe(byte[] batch) {
    owed = batch;
  }

  /** Whether the log has what the store has not. */
  boolean isBehind() {
    return owed != null || store.isAway();
  }

  /** Whether the store has to be opened anew. */
  boolean hasFailed() {
    return failed;
  }

  /**
   * Brings what is owed into the store.
   *
   * @param turns that it is of
   * @param last turn of which the store has all then
   */
  void apply(List<Turn> turns, long last) throws RocksDBException, IOException {
    try {
      turns.forEach(this::count); // also if what follows fails: the log has it
      if (owed != null) {
        awaitReads(turns);
        store.write(owed);
        owed = null;
      }
      reads.stored(last);
      turnOver();
    } catch (RocksDBException | IOException e) {
      failed = true;
      throw e;
    } catch (OutOfMemoryError e) { // when others have what they need, the store has it from the log
      failed = true;
      throw new IOException("no memory left to bring into the store what the log has", e);
    }
  }

  /** What was asked for before it is removed is still found. */
  private void awaitReads(List<Turn> turns) {
    long before = 0;
    for (Turn turn : turns) {
      before = turn.removesBodies() ? turn.reads() : before;
    }
    try {
      reads.await(before);
    } catch (InterruptedException e) {
      throw new IllegalStateException("the journal's threads are not interrupted", e);
    }
  }

  /**
   * Once in each file of the log: gives free those of which the store has all on disk, and has it
   * begin to bring there what it has of the others.
   */
  private void turnOver() throws RocksDBException, IOException {
    if (log.first() != flushed) {
      flushed = log.first();
      log.release(store.lastOnDisk());
      store.flush(false);
    }
  }

  private void count(Turn turn) {
    for (Entry entry : turn.entries()) {
      if (entry instanceof Entry.Message message && message.bytes() != null) {
        sizes.add(message.body(), message.length());
      } else if (entry instanceof Entry.BodyGone gone) {
        sizes.remove(gone.body());
      }
    }
  }

  /**
   * Opens the store anew, which finds out what it has, and takes the rest from the log.
   *
   * @throws JournalException if the log has not the rest any more
   */
  void openAnew(long last) throws RocksDBException, IOException {
    store.drop();
    store.reopen();
    owed = null;
    reads.stored(last);
    if (store.last() < log.last()) {
      throw new JournalException(
          "the log has "
              + log.last()
              + " writes, of which those behind "
              + store.last()
              + " cannot be read any more. "
              + Damage.REMEDY);
    }
    failed = false;
  }

  /** Opens the store so that bodies can be read all the same. */
  void openToRead(long last) {
    try {
      store.drop();
      store.reopenToRead();
      reads.stored(last);
    } catch (RocksDBException e) {
      LOG.log(Level.DEBUG, "The store cannot even be read: {0}", Damage.why(e));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The log cannot even be read: {0}", e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.log(Level.DEBUG, "The store cannot even be read", e);
    }
  }
}
