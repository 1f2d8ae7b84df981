package io.baozi.broker;

import io.baozi.journal.Entry;

/**
 * Numbers that only grow, over restarts too: the journal has the end of a block of them before it
 * is used up, so that no number costs a force of its own.
 */
final class Numbers {
  /** So many are taken from the journal at a time; after a crash some of them are never given. */
  private static final long BLOCK = 1 << 20;

  private final String name;
  private final Changes changes;
  private long last;

  /** Those up to this one may be given without a word to the journal. */
  private long granted;

  /**
   * Numbers that begin after {@code last}.
   *
   * @param name under which the journal knows them
   */
  Numbers(String name, Changes changes, long last) {
    this.name = name;
    this.changes = changes;
    this.last = last;
  }

  /** Under which the journal knows them. */
  String name() {
    return name;
  }

  /** Takes a first block, so that none is used before the journal has it. */
  void open() {
    take();
  }

  /** The next one. */
  long next() {
    last++;
    if (last > granted - BLOCK / 2) {
      take();
    }
    return last;
  }

  /** Half a block before it is used, that is, since nobody waits until it is forced. */
  private void take() {
    granted = last + BLOCK;
    changes.add(new Entry.Counter(name, granted));
    changes.await();
  }

  /** The last that was given. */
  long last() {
    return last;
  }

  /** Those up to this one have been given, or may have been. */
  void recover(long given) {
    last = Math.max(last, given);
  }

  /** No more are given: the journal is told how far they went. */
  void close() {
    granted = last;
    changes.add(new Entry.Counter(name, last));
  }
}
