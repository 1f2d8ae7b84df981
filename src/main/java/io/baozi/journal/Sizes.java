package io.baozi.journal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes the living bodies have. Removals do not say how long a body was, so the length of
 * each large one is remembered; small ones are taken for as long as they are on average.
 */
final class Sizes {
  private static final int LARGE = 4 << 10;

  private final Lengths large = new Lengths();
  private long largeBytes;
  private long smallBytes;
  private long small;
  private volatile long live;
  private final AtomicLong removals = new AtomicLong();

  void add(long body, int length) {
    if (length >= LARGE) {
      largeBytes += length - large.put(body, length);
    } else if (length > 0) {
      smallBytes += length;
      small++;
    }
    live = largeBytes + smallBytes;
  }

  void remove(long body) {
    int length = large.remove(body);
    largeBytes -= length;
    if (length == 0 && small > 0) {
      smallBytes -= smallBytes / small;
      small--;
    }
    live = largeBytes + smallBytes;
    removals.incrementAndGet();
  }

  /** What it is now; from any thread. */
  long live() {
    return live;
  }

  /** How many there were; from any thread. */
  long removals() {
    return removals.get();
  }
}
