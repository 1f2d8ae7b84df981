package io.baozi.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;

/** A journal in a data directory: a log before RocksDB. */
public final class RocksJournal implements Journal {
  /** Bytes in a file of the log at most; the less, the sooner a start has read what is there. */
  private static final long LOG_FILE = 32 << 20;

  private static final Logger LOG = System.getLogger(RocksJournal.class.getName());

  private final JournalOptions options;
  private final DataDirectory directory;
  private final Log log;
  private final Store store;
  private final Sizes sizes = new Sizes();
  private final Vitals vitals;
  private final Reads reads;
  private final Reclaimer reclaimer;
  private final Writer writer;
  private long number;
  private boolean closed;

  private RocksJournal(JournalOptions options, DataDirectory directory, Log log, Store store) {
    this.options = options;
    this.directory = directory;
    this.log = log;
    this.store = store;
    this.vitals = new Vitals(options.directory());
    FreeSpace space = new FreeSpace(directory.path(), options.minFree(), vitals);
    space.look();
    this.reads = new Reads(store);
    this.reclaimer = new Reclaimer(store, sizes);
    this.writer = new Writer(options, log, store, reads, sizes, vitals, space);
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
    Store store = null;
    try {
      NativeLibrary.load(directory.natives());
      LogFiles.of(directory.log()).mend(directory.torn());
      Manifest.mend(directory);
      store = Store.open(directory, options.memory(), strokes);
      return new RocksJournal(options, directory, begin(options, directory, store, strokes), store);
    } catch (RocksDBException e) {
      throw released(directory, store, Damage.opening(directory.journal(), e));
    } catch (JournalException e) {
      throw released(directory, store, e);
    } catch (IOException e) {
      throw released(
          directory,
          store,
          new JournalException("the log in " + directory.log() + " cannot be used: " + e, e));
    } catch (RuntimeException | Error e) {
      released(directory, store, e);
      throw e;
    }
  }

  /** Brings all to disk that the last log has, and begins another. */
  private static Log begin(
      JournalOptions options, DataDirectory directory, Store store, Strokes strokes)
      throws RocksDBException, IOException {
    store.flush(true);
    long most = Math.min(options.memory() / 4, LOG_FILE);
    boolean everSettled = options.sync() == Sync.NEVER;
    Log log = Log.begin(directory.log(), store.last() + 1, most, everSettled, strokes);
    try {
      Format.settle(directory.path());
      return log;
    } catch (IOException e) {
      log.close();
      throw e;
    }
  }

  private static <E extends Throwable> E released(DataDirectory directory, Store store, E why) {
    try (directory) {
      if (store != null) {
        store.close();
      }
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
    reads.read(bodies, vitals.kept(), then);
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

  /** Leaves nothing that the next start has to bring from the log into the store. */
  private void settle() {
    if (vitals.health().keeps()) {
      try {
        store.flush(true);
        log.settle();
      } catch (RocksDBException | IOException e) {
        String why = e instanceof RocksDBException told ? Damage.why(told) : e.toString();
        LOG.log(Level.WARNING, "The next start takes longer, as this failed: {0}", why);
      }
    }
  }

  private void close(CompletableFuture<Void> done) {
    try (directory;
        log) {
      writer.end();
      store.stay();
      reads.end();
      reclaimer.close();
      settle();
      store.close();
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      done.completeExceptionally(e); // the process ends all the same
      return;
    }
    if (vitals.health().keeps()) {
      done.complete(null);
    } else {
      done.completeExceptionally(new JournalException(vitals.health().message()));
    }
  }
}
