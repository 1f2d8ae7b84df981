package io.baozi.flow;

/**
 * Ticks at a fixed distance, in nanoseconds of a clock that is passed in. Ticks that were missed
 * are made up for at once, but no more of them than belong into one second; the rest is skipped.
 */
final class Pace {
  private static final long SECOND = 1_000_000_000;

  private final long interval;
  private long due;

  /** The first tick is at once. */
  Pace(long interval, long now) {
    this.interval = interval;
    this.due = now - interval;
  }

  /** Goes on to the next tick; how long it is until then, 0 if its time has come. */
  long next(long now) {
    due += interval;
    if (now - due > SECOND) {
      due = now - SECOND;
    }
    return Math.max(0, due - now);
  }
}
