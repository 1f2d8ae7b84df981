package io.baozi.data;

import io.baozi.journal.Entry;
import io.baozi.journal.Health;
import io.baozi.journal.Journal;
import io.baozi.journal.JournalException;
import io.baozi.journal.JournalOptions;
import io.baozi.journal.RocksJournal;
import io.baozi.journal.Sync;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * Entries written into a new journal, a batch at a time: no more than two are in memory. All are on
 * disk once it is closed.
 */
final class Loading implements AutoCloseable {
  private static final int ENTRIES = 4096;
  private static final long BYTES = 4 << 20;
  private static final long MEMORY = 128L << 20;

  private final Journal journal;
  private List<Entry> batch = new ArrayList<>();
  private long bytes;
  private long written;
  private long kept; // under the monitor
  private boolean isLost; // under the monitor

  private Loading(Journal journal) {
    this.journal = journal;
  }

  static Loading into(Path directory) throws JournalException {
    Journal journal =
        RocksJournal.open(
            new JournalOptions(directory, Sync.ALWAYS, Duration.ofMillis(100), 0, MEMORY));
    Loading loading = new Loading(journal);
    journal.listen(loading.new Keeper());
    return loading;
  }

  /** Adds one; waits if those before it are not written. */
  void add(Entry entry) throws JournalException {
    batch.add(entry);
    bytes += entry instanceof Entry.Message message ? message.length() : 0;
    if (batch.size() == ENTRIES || bytes >= BYTES) {
      write();
    }
  }

  private void write() throws JournalException {
    await(written);
    written = journal.write(batch, false);
    batch = new ArrayList<>();
    bytes = 0;
  }

  private synchronized void await(long number) throws JournalException {
    try {
      while (kept < number && !isLost) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalException("interrupted", e);
    }
    if (isLost) {
      throw new JournalException(journal.health().message());
    }
  }

  /** What the journal tells, on a thread of its own. */
  private final class Keeper implements Journal.Listener {
    @Override
    public void kept(long number) {
      synchronized (Loading.this) {
        kept = number;
        Loading.this.notifyAll();
      }
    }

    @Override
    public void lost(long number) {
      synchronized (Loading.this) {
        isLost = true;
        Loading.this.notifyAll();
      }
    }

    @Override
    public void changed(Health health) {}
  }

  /** Writes and forces what is left. */
  @Override
  public void close() throws IOException {
    try {
      write();
    } finally {
      end();
    }
  }

  private void end() throws IOException {
    try {
      journal.close().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new JournalException("what was imported could not be kept: " + e.getCause(), e);
    }
  }
}
