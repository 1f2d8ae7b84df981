package io.baozi.journal;

import java.lang.System.Logger.Level;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Logger;

/** RocksDB's own warnings and errors, in our log; it keeps no log file then. */
final class LogBridge extends Logger {
  private static final System.Logger LOG = System.getLogger(LogBridge.class.getName());

  LogBridge() {
    super(InfoLogLevel.WARN_LEVEL);
  }

  /** What of it needs people is told where it is met; this is for who looks closer. */
  @Override
  protected void log(InfoLogLevel level, String line) {
    if (level != InfoLogLevel.HEADER_LEVEL) {
      LOG.log(Level.DEBUG, "RocksDB {0}: {1}", level, line);
    }
  }
}
