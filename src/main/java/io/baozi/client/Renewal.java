package io.baozi.client;

import java.time.Duration;

/**
 * Keeps messages reserved as long as their handlers are at it: each is touched at half of its ttr,
 * those that are due about then in the same frame. On the context only.
 */
final class Renewal {
  private static final long MILLISECOND = 1_000_000;

  /** A message in hand, in a ring of them: the one after the head is due first. */
  static class Entry {
    private final long msg;
    private long due;
    private Entry before = this;
    private Entry after = this;

    Entry(long msg) {
      this.msg = msg;
    }

    long msg() {
      return msg;
    }
  }

  private final Exchange exchange;
  private final String queue;

  /** Half of the ttr, in nanoseconds. */
  private final long period;

  private final Entry head = new Entry(0);
  private long timer = -1;
  private boolean stopped;

  Renewal(Exchange exchange, String queue, Duration ttr) {
    this.exchange = exchange;
    this.queue = queue;
    this.period = Math.max(1, Math.min(ttr.toMillis() / 2, Integer.MAX_VALUE)) * MILLISECOND;
  }

  /** Adds a message that was reserved now. */
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

  /** Takes a message out, if it is in. */
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
      // What was held too late is for the verdict to tell.
      exchange.settle(queue, Verdict.TOUCH, entry.msg, (held, failure) -> {});
    }
  }
}
