package io.baozi.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The writes that the writer has not taken yet. */
final class Turns {
  private List<Turn> line = new ArrayList<>();
  private boolean waits; // whether the writer does
  private boolean closed;

  /**
   * Adds one; wakes the writer only if it waits, since that costs more than all the rest.
   *
   * @throws IllegalStateException once closed
   */
  synchronized void add(Turn turn) {
    if (closed) {
      throw new IllegalStateException("the journal is closed");
    }
    line.add(turn);
    if (waits) {
      waits = false;
      notifyAll();
    }
  }

  /** All that has come; waits for the first so long, or until no more can come. */
  synchronized List<Turn> take(long nanos) {
    if (line.isEmpty() && !closed && nanos > 0) {
      waits = true;
      try {
        TimeUnit.NANOSECONDS.timedWait(this, nanos);
      } catch (InterruptedException e) {
        closed = true; // nobody interrupts it; if so, what there is is written, and no more taken
      }
      waits = false;
    }
    List<Turn> taken = line;
    line = taken.isEmpty() ? line : new ArrayList<>();
    return taken;
  }

  /** No more comes. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Whether nothing is left and no more comes. */
  synchronized boolean isOver() {
    return closed && line.isEmpty();
  }
}
