package io.baozi.client;

import java.time.Duration;

/**
 * Keeps what is in hand from running out: each entry is touched once a period, those that are due
 * about then in the same tick. On the context only.
 */
final class Renewal {
  private static final long MILLISECOND = 1_000_000;

  /** What is in hand, in a ring of such: the one after the head is due first. */
  abstract static class Entry {
    private long due;
    private Entry before = this;
    private Entry after = this;

    /** Says to the server that it is still wanted. */
    abstract void touch();
  }

  /** Where the ring begins. */
  private static final class Head extends Entry {
    @Override
    void touch() {}
  }

  private final Exchange exchange;

  /** In nanoseconds. */
  private final long period;

  private final Entry head = new Head();
  private long timer = -1;
  private boolean stopped;

  Renewal(Exchange exchange, Duration period) {
    this.exchange = exchange;
    this.period = Math.max(1, Math.min(period.toMillis(), Integer.MAX_VALUE)) * MILLISECOND;
  }

  /** Adds what was taken in hand now. */
  void add(Entry entry) {
    entry.due = System.nanoTime() + period;
    append(entry);
    if (timer < 0 && !stopped) {
      wake(period);
    }
  }

  private void append(Entry entry) {
    entry.before = head.before;
    entry.after = head;
    head.before.after = entry;
    head.before = entry;
  }

  /** Takes an entry out, if it is in. */
  void remove(Entry entry) {
    entry.before.after = entry.after;
    entry.after.before = entry.before;
    entry.before = entry;
    entry.after = entry;
  }

  /** Touches no more. */
  void stop() {
    stopped = true;
    stopTimer();
  }

  private void stopTimer() {
    if (timer >= 0) {
      exchange.home().vertx().cancelTimer(timer);
      timer = -1;
    }
  }

  private void wake(long nanos) {
    timer = exchange.home().vertx().setTimer(Math.max(1, nanos / MILLISECOND), t -> renew());
  }

  /** Touches who is due; during a cut nobody, but they stay due. */
  void renew() {
    stopTimer();
    if (stopped || exchange.isCut()) {
      return;
    }
    long now = System.nanoTime();
    touchUntil(now + period / 4, now + period);
    if (head.after != head) {
      wake(head.after.due - now);
    }
  }

  /** Touches who is due by then, which makes them due again at {@code next}. */
  private void touchUntil(long then, long next) {
    while (head.after != head && head.after.due - then <= 0) {
      Entry entry = head.after;
      remove(entry);
      append(entry);
      entry.due = next;
      entry.touch();
    }
  }
}
