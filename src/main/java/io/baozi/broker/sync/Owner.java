package io.baozi.broker.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who holds and waits: a session, or one thread of it that it has given a name. */
public final class Owner {
  private final Owners owners;
  private final String name;

  /** How many things it holds. */
  private int held;

  /** Its waits by what it waits at, in the order in which they began. */
  private Map<Object, Set<Owned>> waits = Map.of();

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

  /** Whether it waits for something that others hold. */
  boolean isWaiting() {
    return !waits.isEmpty();
  }

  /** What it waits for, in the order in which it began to wait at each. */
  List<Owned> waits() {
    List<Owned> all = new ArrayList<>(waits.size());
    waits.values().forEach(all::addAll);
    return all;
  }

  /** What of it is at one object, in the order in which it began. */
  List<Owned> waitsAt(Object object) {
    return List.copyOf(waits.getOrDefault(object, Set.of()));
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
      waits = new LinkedHashMap<>(2);
    }
    waits.computeIfAbsent(wait.at(), object -> new LinkedHashSet<>(2)).add(wait);
    owners.remember(this);
  }

  /** It waits for that no more. */
  public void waitsNoMore(Owned wait) {
    Set<Owned> there = waits.get(wait.at());
    if (there != null && there.remove(wait)) {
      if (there.isEmpty()) {
        waits.remove(wait.at());
      }
      owners.forgetIfIdle(this);
    }
  }
}
