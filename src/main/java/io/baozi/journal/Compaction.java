package io.baozi.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;

/** All that lives in a data directory written anew, so that what is gone takes no space. */
public final class Compaction {
  private Compaction() {}

  /** How many parts there are. */
  public static int parts() {
    return Family.values().length;
  }

  /**
   * Compacts a directory that no server uses.
   *
   * @param part is told the name of each part before its turn
   * @throws JournalException if it is none, in use, of another format or damaged
   */
  public static void run(Path path, Consumer<String> part) throws IOException {
    try (DataDirectory directory = DataDirectory.existing(path)) {
      NativeLibrary.load(directory.natives());
      LogFiles.of(directory.log()).mend(directory.torn());
      Manifest.mend(directory);
      compact(directory, part);
    }
  }

  private static void compact(DataDirectory directory, Consumer<String> part) throws IOException {
    Store store = null;
    try {
      store = Store.open(directory, Archive.MEMORY, Strokes.TRUE);
      for (Family family : Family.values()) {
        part.accept(family.rows());
        store.compact(List.of(family));
      }
    } catch (RocksDBException e) {
      throw Damage.opening(directory.journal(), e);
    } finally {
      if (store != null) {
        store.close();
      }
    }
  }
}
