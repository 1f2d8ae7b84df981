package io.baozi.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says that the server is away once it has been for a moment, and no more until it was back. Safe
 * for use by several threads.
 */
final class Outage {
  /** What is shorter nobody need know of. */
  static final Duration UNTIL_WORD = Duration.ofSeconds(1);

  private final LongSupplier clock;
  private final Runnable word;

  /** When the server was last known to be there, or nobody wanted to know. */
  private long seen;

  private boolean isTold;

  /**
   * None yet.
   *
   * @param clock in nanoseconds
   * @param word says it
   */
  Outage(LongSupplier clock, Runnable word) {
    this.clock = clock;
    this.word = word;
    this.seen = clock.getAsLong();
  }

  /** The server is wanted from now on. */
  synchronized void begin() {
    seen = clock.getAsLong();
  }

  /** The server, which is wanted, is there or not. */
  synchronized void look(boolean isThere) {
    long now = clock.getAsLong();
    if (isThere) {
      seen = now;
      isTold = false;
    } else if (!isTold && now - seen >= UNTIL_WORD.toNanos()) {
      isTold = true;
      word.run();
    }
  }
}
