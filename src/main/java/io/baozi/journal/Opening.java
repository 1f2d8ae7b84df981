package io.baozi.journal;

import org.rocksdb.WALRecoveryMode;

/** What a store is opened for. */
enum Opening {
  /** To serve, after {@link LogFiles#mend}: its logs are whole. */
  SERVE(WALRecoveryMode.TolerateCorruptedTailRecords),
  /** To be read as the next start will find it: a log ends where it is torn. */
  READ(WALRecoveryMode.PointInTimeRecovery),
  /** To be read although it is damaged: what is not whole is passed over. */
  SALVAGE(WALRecoveryMode.SkipAnyCorruptedRecords);

  private final WALRecoveryMode logs;

  Opening(WALRecoveryMode logs) {
    this.logs = logs;
  }

  WALRecoveryMode logs() {
    return logs;
  }

  /** Whether it is refused if files are missing or not as long as they were. */
  boolean isStrict() {
    return this != SALVAGE;
  }
}
