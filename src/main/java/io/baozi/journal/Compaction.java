package io.baozi.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.RocksDBException;

/** Writes anew all that lives in a data directory that no server has, and frees the rest. */
public final class Compaction {
  /**
   * What it came to.
   *
   * @param before bytes of the store's files
   * @param after bytes of them
   */
  public record Result(Path directory, long before, long after) {}

  private Compaction() {}

  /**
   * Does it; what a crash has torn off is dropped, as by a start.
   *
   * @param step is run after each of {@link #steps}
   */
  public static Result run(Path path, Runnable step) throws JournalException {
    DataDirectory directory = DataDirectory.existing(path);
    JournalException failure = null;
    try {
      long before = RestingJournal.size(directory.journal());
      compact(directory, step);
      return new Result(directory.path(), before, RestingJournal.size(directory.journal()));
    } catch (JournalException e) {
      failure = e;
      throw e;
    } finally {
      if (failure == null) {
        close(directory);
      } else {
        RocksJournal.released(directory, failure);
      }
    }
  }

  /** How many steps it has. */
  public static int steps() {
    return Family.values().length;
  }

  private static void compact(DataDirectory directory, Runnable step) throws JournalException {
    try {
      NativeLibrary.load(directory.natives());
      LogFiles.mend(directory.journal(), directory.torn());
      Store store = Store.open(directory.journal(), RestingJournal.MEMORY, Strokes.TRUE);
      try {
        for (Family family : Family.values()) {
          store.compact(List.of(family));
          step.run();
        }
      } finally {
        store.close();
      }
    } catch (RocksDBException e) {
      throw Damage.opening(directory.journal(), e);
    } catch (JournalException e) {
      throw e;
    } catch (IOException e) {
      throw new JournalException(
          "the logs in " + directory.journal() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void close(DataDirectory directory) throws JournalException {
    try {
      directory.close();
    } catch (IOException e) {
      throw new JournalException("cannot give back the lock: " + e.getMessage(), e);
    }
  }
}
