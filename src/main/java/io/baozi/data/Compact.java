package io.baozi.data;

import io.baozi.journal.Archive;
import io.baozi.journal.Compaction;
import io.baozi.journal.JournalException;
import java.io.IOException;
import java.nio.file.Path;

/** A data directory written anew without what is gone. */
public final class Compact {
  /**
   * What it came to.
   *
   * @param before bytes of the store on the disk
   * @param after bytes of the store on the disk
   */
  public record Report(long before, long after) {}

  private Compact() {}

  /**
   * Compacts a directory that no server uses.
   *
   * @throws JournalException if it is none, is in use, of another format or damaged
   */
  public static Report run(Path directory, Watcher watcher) throws IOException {
    long before = size(directory);
    Compaction.run(directory, part -> watcher.begin("compacting " + part, Watcher.Unit.BYTES, 0));
    return new Report(before, size(directory));
  }

  private static long size(Path directory) throws IOException {
    try (Archive archive = Archive.take(directory)) {
      return archive.size();
    }
  }
}
