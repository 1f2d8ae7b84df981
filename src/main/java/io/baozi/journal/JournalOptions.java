package io.baozi.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * What a journal is told once.
 *
 * @param directory the data directory, made if it is not there
 * @param sync when what is written is forced
 * @param interval of {@link Sync#INTERVAL}, at least a millisecond
 * @param minFree bytes of free space on the disk, below which it says {@link
 *     Health.State#SPACE_SHORT}; 0 for never
 * @param memory bytes that the store may take outside the heap for its tables and caches, about
 */
public record JournalOptions(
    Path directory, Sync sync, Duration interval, long minFree, long memory) {
  public JournalOptions {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(sync, "sync");
    Objects.requireNonNull(interval, "interval");
  }
}
