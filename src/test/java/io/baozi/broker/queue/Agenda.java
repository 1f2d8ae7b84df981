package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;
import java.util.ArrayList;
import java.util.List;

/** All that is to happen in the model, in the order in which it was set. */
final class Agenda {
  /** Something that is to happen at a moment. */
  abstract static class Entry {
    long due;

    abstract void ring(long now);
  }

  private final List<Entry> entries = new ArrayList<>();

  void set(Entry entry, long due) {
    cancel(entry);
    entry.due = due;
    entries.add(entry);
  }

  void cancel(Entry entry) {
    entries.remove(entry);
  }

  void ring(long now) {
    for (Entry next = next(); next != null && next.due <= now; next = next()) {
      entries.remove(next);
      next.ring(now);
    }
  }

  boolean has(Entry entry) {
    return entries.contains(entry);
  }

  int size() {
    return entries.size();
  }

  long nextDue() {
    Entry next = next();
    return next == null ? Alarms.NEVER : next.due;
  }

  /** What is due first, and of this what was set first. */
  private Entry next() {
    Entry first = null;
    for (Entry entry : entries) {
      if (first == null || entry.due < first.due) {
        first = entry;
      }
    }
    return first;
  }
}
