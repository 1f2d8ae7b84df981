package io.baozi.broker.sync;

import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Line;

/** A flag that any number may wait for; it stays set until it is cleared. */
public final class Event {
  private final Events events;
  private final String name;
  private final Line line = new Line();
  private boolean set;

  Event(Events events, String name) {
    this.events = events;
    this.name = name;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Whether it is set. */
  public boolean isSet() {
    return set;
  }

  Surroundings surroundings() {
    return events.surroundings();
  }

  /** Lets a request go on, or wait until {@code deadline}; not at all if that is {@code now}. */
  public void await(EventWait asks, long deadline, long now) {
    asks.askAt(this, deadline, now);
    if (set) {
      asks.grant(now);
    } else if (asks.mayWait(now)) {
      asks.stand(line);
    } else {
      asks.expel(Ending.TIMED_OUT, now);
    }
    forgetIfUnused();
  }

  /** Sets it: all who wait go on. */
  public void set(long now) {
    set = true;
    while (!line.isEmpty()) {
      ((EventWait) line.first()).grant(now);
    }
  }

  /** Clears it. */
  public void clear() {
    set = false;
    forgetIfUnused();
  }

  void forgetIfUnused() {
    if (!set && line.isEmpty()) {
      events.forget(name, this);
    }
  }
}
