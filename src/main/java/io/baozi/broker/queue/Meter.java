package io.baozi.broker.queue;

/**
 * Counts what happens, and how often a second: a window that slides over the count of the last
 * whole one.
 */
final class Meter {
  /** The length of the window, in milliseconds. */
  private static final long WINDOW = 10_000;

  /** A younger count is taken as if it were so old, in milliseconds. */
  private static final long LEAST = 1000;

  private final long madeAt;
  private long start;
  private long before;
  private long current;
  private long count;

  Meter(long now) {
    madeAt = now;
    start = now;
  }

  void mark(long now) {
    roll(now);
    current++;
    count++;
  }

  /** All that happened so far. */
  long count() {
    return count;
  }

  /** Per second, over about the last ten. */
  double rate(long now) {
    roll(now);
    double share = (double) (WINDOW - (now - start)) / WINDOW;
    double age = Math.max(LEAST, Math.min(WINDOW, now - madeAt));
    return (before * share + current) * 1000 / age;
  }

  private void roll(long now) {
    if (now - start >= WINDOW) {
      long passed = (now - start) / WINDOW;
      before = passed == 1 ? current : 0;
      current = 0;
      start += passed * WINDOW;
    }
  }
}
