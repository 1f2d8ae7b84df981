package io.baozi.broker.sync;

import java.util.LinkedHashSet;
import java.util.Set;

/** Who holds and waits: a session, or one thread of it that it has given a name. */
public final class Owner {
  private final Owners owners;
  private final String name;

  /** How many things it holds. */
  private int held;

  /** In the order in which they began. */
  private Set<Owned> waits = Set.of();

  Owner(Owners owners, String name) {
    this.owners = owners;
    this.name = name;
  }

  /** The name of its session. */
  public String session() {
    return owners.session();
  }

  /** The name that its session has given it, null if it is the session itself. */
  public String name() {
    return name;
  }

  Owners owners() {
    return owners;
  }

  /** What it waits for, in the order in which it began to. */
  Set<Owned> waits() {
    return waits;
  }

  /** Whether it holds anything that others may wait for. */
  boolean holdsAnything() {
    return held > 0 || (name == null && owners.hasReserved());
  }

  boolean isIdle() {
    return held == 0 && waits.isEmpty();
  }

  void holds(Held what) {
    held++;
    owners.holds(this, what);
  }

  void holdsNoMore(Held what) {
    held--;
    owners.holdsNoMore(this, what);
  }

  /** It waits for something that other owners have. */
  public void waits(Owned wait) {
    if (waits.isEmpty()) {
      waits = new LinkedHashSet<>(2);
    }
    waits.add(wait);
    owners.remember(this);
  }

  /** It waits for that no more. */
  public void waitsNoMore(Owned wait) {
    if (!waits.isEmpty()) {
      waits.remove(wait);
      owners.forgetIfIdle(this);
    }
  }
}
