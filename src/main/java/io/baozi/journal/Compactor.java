package io.baozi.journal;

import java.util.List;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;

/**
 * Writes anew what lives of families, unless it is called off. One thread does, any may halt it.
 */
final class Compactor {
  private CompactRangeOptions running; // null if nothing is under way
  private boolean halted;

  /** Brings all to disk, then compacts; returns early if it is called off. */
  void run(Handles handles, List<Family> families) throws RocksDBException {
    try (CompactRangeOptions options =
        new CompactRangeOptions().setExclusiveManualCompaction(false)) {
      begin(options);
      try {
        compact(handles, families, options);
      } finally {
        end();
      }
    }
  }

  private static void compact(Handles handles, List<Family> families, CompactRangeOptions options)
      throws RocksDBException {
    if (options.canceled()) {
      return;
    }
    try (FlushOptions flush = new FlushOptions().setAllowWriteStall(true)) {
      handles.database().flush(flush, handles.families());
    }
    for (Family family : families) {
      handles.database().compactRange(handles.family(family), null, null, options);
    }
  }

  /** Calls off what is under way, and all that would begin until it is allowed again. */
  synchronized void halt() {
    halted = true;
    if (running != null) {
      running.setCanceled(true);
    }
  }

  synchronized void allow() {
    halted = false;
  }

  private synchronized void begin(CompactRangeOptions options) {
    running = options.setCanceled(halted);
  }

  /** Before the options are closed: who halts it then would use what is freed. */
  private synchronized void end() {
    running = null;
  }
}
