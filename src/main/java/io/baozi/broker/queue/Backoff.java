package io.baozi.broker.queue;

/** How long a message is kept back that failed: longer each time, and never the same for all. */
final class Backoff {
  /** What doubling ends at, in milliseconds: an hour. */
  private static final long LONGEST = 3_600_000;

  /** Doubling more often than this has passed any longest. */
  private static final int DOUBLINGS = 40;

  private Backoff() {}

  /**
   * Milliseconds to wait.
   *
   * @param first the wait after the first attempt, before chance, 0 for none
   * @param attempt that has failed, from 1
   * @param chance from 0, included, to 1, excluded
   */
  static long delay(long first, int attempt, double chance) {
    if (first == 0) {
      return 0;
    }
    int doublings = Math.min(attempt - 1, DOUBLINGS);
    double doubled = Math.min((double) LONGEST, first * Math.pow(2, doublings));
    return Math.round(doubled * (0.5 + chance));
  }
}
