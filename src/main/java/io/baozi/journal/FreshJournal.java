package io.baozi.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * A data directory in the making. Until it is sealed it has no format, so that no server starts
 * with a half of it; closed unsealed, it is removed again. For one thread.
 */
public final class FreshJournal implements AutoCloseable {
  private static final Duration FORCED_EVERY = Duration.ofSeconds(1);

  /** Waits until what was written is kept, so that no more than one batch is in memory. */
  private static final class Kept implements Journal.Listener {
    private long kept;
    private String fault;

    @Override
    public synchronized void kept(long number) {
      kept = number;
      notifyAll();
    }

    @Override
    public synchronized void lost(long number) {
      fault = fault == null ? "" : fault;
      notifyAll();
    }

    @Override
    public synchronized void changed(Health health) {
      fault = health.keeps() ? fault : health.message();
      notifyAll();
    }

    synchronized void await(long number) throws JournalException {
      try {
        while (kept < number && fault == null) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new JournalException("interrupted", e);
      }
      if (fault != null) {
        throw new JournalException(fault.isEmpty() ? "a write failed" : fault);
      }
    }
  }

  private final DataDirectory directory;
  private final boolean made;
  private final RocksJournal journal;
  private final Kept kept = new Kept();
  private boolean open = true;
  private boolean sealed;

  private FreshJournal(DataDirectory directory, boolean made, RocksJournal journal) {
    this.directory = directory;
    this.made = made;
    this.journal = journal;
    journal.listen(kept);
  }

  /**
   * Begins one, in a directory that is empty or not there.
   *
   * @throws JournalException if it is not empty, or cannot be written
   */
  public static FreshJournal in(Path path) throws JournalException {
    boolean made = !Files.exists(path);
    DataDirectory directory = DataDirectory.fresh(path);
    JournalOptions options =
        new JournalOptions(directory.path(), Sync.INTERVAL, FORCED_EVERY, 0, RestingJournal.MEMORY);
    return new FreshJournal(directory, made, RocksJournal.open(options, directory, Strokes.TRUE));
  }

  /** The directory, as it really is called. */
  public Path directory() {
    return directory.path();
  }

  /** Writes entries; returns when the operating system has them. */
  public void write(List<Entry> entries) throws JournalException {
    kept.await(journal.write(entries, false));
  }

  /** All is written: forces it, and makes a data directory of it. */
  public void seal() throws JournalException {
    end();
    try {
      directory.seal();
      sealed = true;
    } catch (IOException e) {
      throw new JournalException("cannot write to " + directory.path() + ": " + e.getMessage(), e);
    }
  }

  private void end() throws JournalException {
    open = false;
    try {
      journal.close().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new JournalException(String.valueOf(e.getCause().getMessage()), e);
    }
  }

  @Override
  public void close() throws JournalException {
    if (!sealed) {
      try {
        if (open) {
          end();
        }
      } finally {
        discard();
      }
    }
  }

  private void discard() throws JournalException {
    try {
      for (String each : List.of("journal", "native", "torn", "lock", Format.NAME)) {
        remove(directory.path().resolve(each));
      }
      if (made) {
        Files.delete(directory.path());
      }
    } catch (IOException | UncheckedIOException e) {
      throw new JournalException(
          "cannot remove the half of an import in " + directory.path() + ": " + e.getMessage(), e);
    }
  }

  private static void remove(Path file) throws IOException {
    if (Files.exists(file)) {
      try (Stream<Path> all = Files.walk(file)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
