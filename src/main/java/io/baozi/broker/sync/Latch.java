package io.baozi.broker.sync;

import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Line;
import io.baozi.broker.waiting.Waiter;
import java.util.ArrayList;
import java.util.List;

/** A count that only goes down; any number may wait for 0. It stays until it is deleted. */
public final class Latch {
  private final Latches latches;
  private final String name;
  private final long created;
  private final Line line = new Line();
  private long count;

  Latch(Latches latches, String name, long count) {
    this.latches = latches;
    this.name = name;
    this.created = count;
    this.count = count;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What it was created with. */
  public long created() {
    return created;
  }

  /** How far it is from 0. */
  public long count() {
    return count;
  }

  /** Lets a request go on, or wait until {@code deadline}; not at all if that is {@code now}. */
  public void await(LatchWait asks, long deadline, long now) {
    asks.ask(latches.surroundings(), deadline, now);
    if (count == 0) {
      asks.grant(now);
    } else if (asks.mayWait(now)) {
      asks.stand(line);
    } else {
      asks.expel(Ending.TIMED_OUT, now);
    }
  }

  /** Counts down, to 0 and no further; whoever calls it lets the others go on. */
  public long countDown(long by) {
    count = Math.max(0, count - by);
    return count;
  }

  /** Lets all who wait go on if it is at 0. */
  public void settle(long now) {
    while (count == 0 && !line.isEmpty()) {
      ((LatchWait) line.first()).grant(now);
    }
  }

  /** Ends every wait; it is not to be used any more. */
  public void delete(long now) {
    latches.forget(name, this);
    List<Waiter> waiters = new ArrayList<>(line.size());
    for (Waiter next = line.first(); next != null; next = line.after(next)) {
      waiters.add(next);
    }
    Waiter.endAll(waiters, Ending.DELETED, latches.surroundings().alarms(), now);
  }
}
