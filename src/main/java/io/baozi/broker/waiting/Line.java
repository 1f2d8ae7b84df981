package io.baozi.broker.waiting;

/** Those who wait for one thing, first come, first served; leaving from anywhere costs O(1). */
public final class Line {
  private Waiter first;
  private Waiter last;
  private int size;

  /** Joins at the end. */
  public void add(Waiter waiter) {
    if (waiter.line != null) {
      throw new IllegalStateException("whoever waits in one line cannot join another");
    }
    waiter.line = this;
    waiter.before = last;
    if (last == null) {
      first = waiter;
    } else {
      last.behind = waiter;
    }
    last = waiter;
    size++;
  }

  /** Who is served next, null if nobody waits. */
  public Waiter first() {
    return first;
  }

  /** Whether nobody waits. */
  public boolean isEmpty() {
    return first == null;
  }

  /** How many wait. */
  public int size() {
    return size;
  }

  void remove(Waiter waiter) {
    if (waiter.before == null) {
      first = waiter.behind;
    } else {
      waiter.before.behind = waiter.behind;
    }
    if (waiter.behind == null) {
      last = waiter.before;
    } else {
      waiter.behind.before = waiter.before;
    }
    waiter.line = null;
    waiter.before = null;
    waiter.behind = null;
    size--;
  }
}
