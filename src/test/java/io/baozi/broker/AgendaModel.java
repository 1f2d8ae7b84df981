package io.baozi.broker;

import io.baozi.broker.waiting.Alarms;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is to happen when, searched from the front; of two at once the one set first is first. */
final class AgendaModel {
  private record Entry(long due, Runnable what) {}

  private final Map<Object, Entry> entries = new LinkedHashMap<>();

  void set(Object key, long due, Runnable what) {
    entries.remove(key);
    entries.put(key, new Entry(due, what));
  }

  void cancel(Object key) {
    entries.remove(key);
  }

  long next() {
    long next = Alarms.NEVER;
    for (Entry entry : entries.values()) {
      next = Math.min(next, entry.due());
    }
    return next;
  }

  /** The earliest that is due happens; false if none is. */
  boolean ringOne(long now) {
    long next = next();
    if (next > now) {
      return false;
    }
    for (Map.Entry<Object, Entry> entry : entries.entrySet()) {
      if (entry.getValue().due() == next) {
        entries.remove(entry.getKey());
        entry.getValue().what().run();
        return true;
      }
    }
    return false;
  }
}
