package io.baozi.broker.sync;

import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Line;
import io.baozi.broker.waiting.Waiter;
import java.util.ArrayList;
import java.util.List;

/** Where so many parties wait for each other: all go on together, or none does. */
public final class Barrier {
  private final Barriers barriers;
  private final String name;
  private final int parties;
  private final Line line = new Line();

  Barrier(Barriers barriers, String name, int parties) {
    this.barriers = barriers;
    this.name = name;
    this.parties = parties;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** How many it needs. */
  public int parties() {
    return parties;
  }

  /** How many wait. */
  public int waiting() {
    return line.size();
  }

  Surroundings surroundings() {
    return barriers.surroundings();
  }

  /**
   * A party arrives. It waits until {@code deadline}; if that is {@code now} and it is not the last
   * it was no party.
   */
  public void await(BarrierWait asks, long deadline, long now) {
    asks.arrive(this, line.size(), deadline, now);
    if (line.size() + 1 == parties) {
      trip(asks, now);
    } else if (asks.mayWait(now)) {
      asks.stand(line);
    } else {
      asks.expel(Ending.TIMED_OUT, now);
    }
    forgetIfUnused();
  }

  private void trip(BarrierWait last, long now) {
    while (!line.isEmpty()) {
      ((BarrierWait) line.first()).grant(now);
    }
    last.grant(now);
  }

  /** A party has left: the others wait for nothing any more. */
  void breakUp(long now) {
    List<Waiter> others = new ArrayList<>(line.size());
    for (Waiter next = line.first(); next != null; next = line.after(next)) {
      others.add(next);
    }
    Waiter.endAll(others, Ending.BROKEN, surroundings().alarms(), now);
    forgetIfUnused();
  }

  private void forgetIfUnused() {
    if (line.isEmpty()) {
      barriers.forget(name, this);
    }
  }
}
