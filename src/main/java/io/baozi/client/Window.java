package io.baozi.client;

/**
 * How many requests may be unanswered at a time.
 *
 * @param narrow past which requests are held back, but for those that pass others
 * @param wide past which nothing is sent: what the server reads at once, and what it can be asked
 *     for again after a cut
 */
record Window(int narrow, int wide) {
  /**
   * More than the server reads would only lie in the sockets; an eighth of that is kept for those
   * that pass.
   */
  static Window of(ClientOptions options, Limits limits) {
    int served = orEndless(limits.maxInFlight());
    int wide = options.grace().isZero() ? served : Math.min(served, orEndless(limits.again()));
    return new Window(Math.min(options.maxInFlight(), Math.max(1, wide - wide / 8)), wide);
  }

  /** A server that does not say so takes whatever comes. */
  private static int orEndless(int limit) {
    return limit < 1 ? Integer.MAX_VALUE : limit;
  }
}
