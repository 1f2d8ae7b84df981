package io.baozi.history;

/** A stretch of time, in nanoseconds. */
record Stretch(long from, long until) {
  static final long MILLISECOND = 1_000_000;

  boolean isEmpty() {
    return until <= from;
  }

  Stretch within(Stretch other) {
    return new Stretch(Math.max(from, other.from), Math.min(until, other.until));
  }

  boolean overlaps(Stretch other) {
    return !within(other).isEmpty();
  }

  boolean covers(Stretch other) {
    return from <= other.from && other.until <= until;
  }

  long length() {
    return Math.max(0, until - from);
  }

  /** A moment so many milliseconds later; what never comes stays so. */
  static long after(long at, long millis) {
    return at == Call.NEVER ? at : at + millis * MILLISECOND;
  }
}
