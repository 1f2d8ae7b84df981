package io.baozi.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The writes that the writer has not taken yet. Those who were answered by one force mostly come
 * again at once; {@link #expect} has the writer wait for them a moment, as otherwise the first of
 * them alone would take a whole force, and all others wait for it.
 */
final class Turns {
  private List<Turn> line = new ArrayList<>();
  private int awaited; // entries in the line that somebody waits for
  private boolean waits; // whether the writer does
  private int wanted; // the writer waits for so many awaited entries, 0 for any turn at all
  private int expected;
  private long until; // that moment is over, by the clock of nanoseconds
  private boolean closed;

  /**
   * Adds one; wakes the writer only if it waits and this is what it waits for, since that costs
   * more than all the rest.
   *
   * @throws IllegalStateException once closed
   */
  synchronized void add(Turn turn) {
    if (closed) {
      throw new IllegalStateException("the journal is closed");
    }
    line.add(turn);
    awaited += turn.awaited();
    if (waits && awaited >= wanted) {
      waits = false;
      notifyAll();
    }
  }

  /** What is taken next is to have so many awaited entries, if they come within this time. */
  synchronized void expect(int entries, long nanos) {
    expected = entries;
    until = System.nanoTime() + nanos;
  }

  /** All that has come; waits for the first so long, or until no more can come. */
  synchronized List<Turn> take(long nanos) {
    pause(expected, until - System.nanoTime());
    expected = 0;
    if (line.isEmpty()) {
      pause(0, nanos);
    }
    List<Turn> taken = line;
    line = taken.isEmpty() ? line : new ArrayList<>();
    awaited = 0;
    return taken;
  }

  private void pause(int entries, long nanos) {
    if (closed || nanos <= 0 || (awaited >= entries && !line.isEmpty())) {
      return;
    }
    wanted = entries;
    waits = true;
    try {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    } catch (InterruptedException e) {
      closed = true; // nobody interrupts it; if so, what there is is written, and no more taken
    }
    waits = false;
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
