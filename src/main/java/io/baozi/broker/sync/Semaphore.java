package io.baozi.broker.sync;

import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Line;
import io.baozi.broker.waiting.Waiter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Permits, so many and no more. First come, first served: who needs many holds back those behind
 * it.
 */
public final class Semaphore implements Shared {
  private final Semaphores semaphores;
  private final String name;
  private final int limit;
  private final Map<Owner, Holding> holdings = new LinkedHashMap<>(2);
  private final Line line = new Line();
  private int available;
  private boolean settling;

  Semaphore(Semaphores semaphores, String name, int limit) {
    this.semaphores = semaphores;
    this.name = name;
    this.limit = limit;
    this.available = limit;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** How many permits there are. */
  public int limit() {
    return limit;
  }

  /** How many nobody holds. */
  public int available() {
    return available;
  }

  /** What is held, in the order in which it began to be. */
  public Collection<Holding> holdings() {
    return holdings.values();
  }

  /** Those who wait, in the order in which they are served. */
  public List<PermitWait> waiters(int most) {
    List<PermitWait> waiters = new ArrayList<>();
    for (Waiter next = line.first();
        next != null && waiters.size() < most;
        next = line.after(next)) {
      waiters.add((PermitWait) next);
    }
    return waiters;
  }

  /** How many wait. */
  public int waiting() {
    return line.size();
  }

  Surroundings surroundings() {
    return semaphores.surroundings();
  }

  /**
   * Decides a request, or lets it wait.
   *
   * @param deadline until when it may wait, {@code now} if it may not
   */
  public void acquire(PermitWait asks, long deadline, long now) {
    asks.askAt(this, deadline, now);
    if (line.isEmpty() && asks.permits() <= available) {
      grant(asks, now);
    } else if (asks.mayWait(now)) {
      stand(asks, now);
    } else {
      asks.expel(Ending.TIMED_OUT, now);
    }
    forgetIfUnused();
  }

  private void stand(PermitWait asks, long now) {
    List<Link> cycle = WaitGraph.cycle(asks);
    if (cycle.isEmpty()) {
      asks.stand(line);
    } else {
      asks.refuse(cycle);
      asks.expel(Ending.DEADLOCK, now);
    }
  }

  private void grant(PermitWait asks, long now) {
    available -= asks.permits();
    Holding holding = holdings.get(asks.owner());
    if (holding == null) {
      holding = new Holding(this, asks.owner(), now);
      holdings.put(asks.owner(), holding);
      asks.owner().holds(holding);
    }
    holding.add(asks, semaphores.nextGrant(), now);
    asks.grant(now);
  }

  /**
   * Takes permits back; whoever calls it settles.
   *
   * @return whether the owner held so many; if not, nothing is taken
   */
  public boolean release(Owner owner, int permits) {
    Holding holding = holdings.get(owner);
    if (holding == null || holding.permits() < permits) {
      return false;
    }
    holding.release(permits);
    returned(holding, permits);
    return true;
  }

  private void returned(Holding holding, int permits) {
    available += permits;
    if (holding.permits() == 0) {
      holdings.remove(holding.owner());
      holding.owner().holdsNoMore(holding);
      holding.end();
    }
  }

  /** Renews all leases of an owner; how many permits it holds. */
  public int touch(Owner owner, long lease, long now) {
    Holding holding = holdings.get(owner);
    if (holding == null) {
      return 0;
    }
    holding.renew(lease, now);
    return holding.permits();
  }

  void lapse(Holding holding, int permits, long now) {
    returned(holding, permits);
    holding.owner().owners().lost(this, holding.owner(), permits);
    settle(now);
  }

  @Override
  public void settle(long now) {
    if (settling) {
      return;
    }
    settling = true;
    try {
      PermitWait first = (PermitWait) line.first();
      while (first != null && first.permits() <= available) {
        if (first.isStale()) {
          first.expel(Ending.FENCED, now);
        } else {
          grant(first, now);
        }
        first = (PermitWait) line.first();
      }
    } finally {
      settling = false;
    }
    forgetIfUnused();
  }

  /**
   * Whether a request is granted sometime, and all ahead of it, if these give back all. What its
   * own owner holds here counts: it can still be released.
   */
  boolean isGrantedIf(PermitWait asks, Predicate<Owner> giveBack) {
    int free = available;
    for (Holding holding : holdings.values()) {
      boolean comesBack = holding.owner() == asks.owner() || giveBack.test(holding.owner());
      free += comesBack ? holding.permits() : 0;
    }
    if (free == limit) {
      return true;
    }
    for (Waiter ahead = line.first(); ahead != null && ahead != asks; ahead = line.after(ahead)) {
      PermitWait first = (PermitWait) ahead;
      Holding own = first.owner() == asks.owner() ? null : holdings.get(first.owner());
      int more = own == null || giveBack.test(first.owner()) ? 0 : own.permits();
      if (first.permits() > free + more) {
        return false;
      }
    }
    return asks.permits() <= free;
  }

  private void forgetIfUnused() {
    if (holdings.isEmpty() && line.isEmpty()) {
      semaphores.forget(name, this);
    }
  }
}
