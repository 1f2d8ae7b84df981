package io.baozi.file;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;

/** The bytes that all files have together, and those announced; on the service's event loop. */
final class Room {
  private final long quota;
  private long used;

  /**
   * Nothing is used.
   *
   * @param quota in bytes; 0 for no bound
   */
  Room(long quota) {
    this.quota = quota;
  }

  /** Takes room for what has been announced; {@code too_large} if there is none. */
  void take(long bytes) {
    if (quota > 0 && bytes > quota - used) {
      throw new RefusedException(
          ErrorCode.TOO_LARGE,
          "the files have " + used + " of " + quota + " bytes (files.quota), no room for " + bytes);
    }
    used += bytes;
  }

  /** Counts what was there already. */
  void add(long bytes) {
    used += bytes;
  }

  /** Gives back what is gone, or never came. */
  void give(long bytes) {
    used -= bytes;
  }
}
