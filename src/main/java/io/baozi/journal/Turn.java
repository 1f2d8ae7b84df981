package io.baozi.journal;

import java.util.List;

/**
 * A write that was handed over.
 *
 * @param number of the write
 * @param force whether somebody waits for it
 * @param reads how many reads were asked for before it
 */
record Turn(long number, List<Entry> entries, boolean force, long reads) {
  /** Whether it removes what reads before it may still want. */
  boolean removesBodies() {
    for (Entry entry : entries) {
      if (entry instanceof Entry.BodyGone) {
        return true;
      }
    }
    return false;
  }

  /** How many entries somebody waits for. */
  int awaited() {
    return force ? entries.size() : 0;
  }

  /** Whether numbers may be given after it that none may be given again. */
  boolean grantsNumbers() {
    for (Entry entry : entries) {
      if (entry instanceof Entry.Counter) {
        return true;
      }
    }
    return false;
  }

  /** Bytes it takes, about. */
  long size() {
    long size = 0;
    for (Entry entry : entries) {
      size += entry instanceof Entry.Message message ? size(message) : 64;
    }
    return size;
  }

  private static long size(Entry.Message message) {
    long size = 100;
    if (message.bytes() != null) {
      size += message.bytes().length;
    }
    if (message.headers() != null) {
      size += message.headers().length;
    }
    return size;
  }
}
