package io.baozi.data;

import io.baozi.journal.Entry;

/** Counts what passes. */
final class Tally {
  private long queues;
  private long messages;
  private long dead;
  private long bytes;
  private long keys;
  private long counters;
  private long skipped;

  void add(Entry entry) {
    if (entry instanceof Entry.Message message) {
      messages++;
      dead += message.dead() ? 1 : 0;
      bytes += message.length();
    } else if (entry instanceof Entry.Queue) {
      queues++;
    } else if (entry instanceof Entry.Key) {
      keys++;
    } else {
      counters++;
    }
  }

  void skip() {
    skipped++;
  }

  Counts counts() {
    return new Counts(queues, messages, dead, bytes, keys, counters, skipped);
  }
}
