package io.baozi.journal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;

/** A journal in a data directory, on RocksDB. */
public final class RocksJournal implements Journal {
  private final JournalOptions options;
  private final DataDirectory directory;
  private final Store store;
  private final Sizes sizes = new Sizes();
  private final Vitals vitals = new Vitals();
  private final Reads reads;
  private final Reclaimer reclaimer;
  private final Writer writer;
  private long number;
  private boolean closed;

  private RocksJournal(JournalOptions options, DataDirectory directory, Store store) {
    this.options = options;
    this.directory = directory;
    this.store = store;
    FreeSpace space = new FreeSpace(directory.path(), options.minFree(), vitals);
    space.look();
    this.reads = new Reads(store);
    this.reclaimer = new Reclaimer(store, sizes);
    this.writer = new Writer(options, store, reads, sizes, vitals, space);
  }

  /**
   * Opens the journal of a data directory, which is made if it is not there. May take a while: not
   * for an event loop.
   *
   * @throws JournalException if the directory is in use, of another format, damaged, or cannot be
   *     written; says what to do
   */
  public static RocksJournal open(JournalOptions options) throws JournalException {
    return open(options, Strokes.TRUE);
  }

  static RocksJournal open(JournalOptions options, Strokes strokes) throws JournalException {
    DataDirectory directory = DataDirectory.open(options.directory());
    try {
      NativeLibrary.load(directory.natives());
      LogFiles.mend(directory.journal(), directory.torn());
      Store store = Store.open(directory.journal(), options.memory(), strokes);
      return new RocksJournal(options, directory, store);
    } catch (RocksDBException e) {
      throw released(directory, Damage.opening(directory.journal(), e));
    } catch (JournalException e) {
      throw released(directory, e);
    } catch (IOException e) {
      throw released(
          directory,
          new JournalException("the logs in " + directory.journal() + " cannot be read: " + e, e));
    }
  }

  private static JournalException released(DataDirectory directory, JournalException why) {
    try {
      directory.close();
    } catch (IOException e) {
      why.addSuppressed(e);
    }
    return why;
  }

  @Override
  public void recover(Consumer<Entry> to) throws JournalException {
    for (Family family : Rows.order()) {
      try {
        store.scan(family, (key, value) -> to.accept(known(Rows.entry(family, key, value))));
      } catch (RocksDBException | IndexOutOfBoundsException | IllegalArgumentException e) {
        throw Damage.reading(directory.journal(), family, e);
      }
    }
    reclaimer.start();
  }

  private Entry known(Entry entry) {
    if (entry instanceof Entry.Message message) {
      sizes.add(message.body(), message.length());
    }
    return entry;
  }

  @Override
  public void listen(Listener listener) {
    vitals.listener(listener);
  }

  @Override
  public long write(List<Entry> entries, boolean force) {
    number++;
    writer.add(new Turn(number, entries, force, reads.asked()));
    return number;
  }

  @Override
  public void read(long[] bodies, Consumer<byte[][]> then) {
    reads.read(bodies, then);
  }

  @Override
  public boolean isForced() {
    return options.sync() == Sync.ALWAYS;
  }

  @Override
  public Health health() {
    return vitals.health();
  }

  @Override
  public long forces() {
    return writer.forces();
  }

  @Override
  public CompletionStage<Void> close() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (closed) {
      done.complete(null);
      return done;
    }
    closed = true;
    reads.close();
    Thread closing = new Thread(() -> close(done), "baozi-journal-close");
    closing.start();
    return done;
  }

  private void close(CompletableFuture<Void> done) {
    try {
      writer.end();
      reads.end();
      reclaimer.close();
      store.close();
      directory.close();
    } catch (IOException | InterruptedException e) {
      done.completeExceptionally(e);
      return;
    }
    if (vitals.health().keeps()) {
      done.complete(null);
    } else {
      done.completeExceptionally(new JournalException(vitals.health().message()));
    }
  }
}
