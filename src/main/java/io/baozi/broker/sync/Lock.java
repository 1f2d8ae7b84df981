package io.baozi.broker.sync;

import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Line;
import io.baozi.broker.waiting.Waiter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A lock with one exclusive holder or any number of shared ones. First come, first served: who
 * waits to be the only holder holds back those behind it. A shared holder that asks to be the only
 * one goes before the line, since nobody in it can be served while it holds.
 */
public final class Lock implements Shared {
  /** What a hold takes of memory, in bytes. */
  public static final int HOLD_MEMORY = 256;

  private final Locks locks;
  private final String name;
  private final Map<Owner, Hold> holds = new LinkedHashMap<>(2);
  private final Line line = new Line();

  /** The shared holder that waits for the others to leave, if one does. */
  private final Line upgrade = new Line();

  private boolean settling;

  Lock(Locks locks, String name) {
    this.locks = locks;
    this.name = name;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Those who hold it, in the order in which it was granted. */
  public Collection<Hold> holds() {
    return holds.values();
  }

  /** Those who wait, in the order in which they are served. */
  public List<Acquisition> waiters(int most) {
    List<Acquisition> waiters = new ArrayList<>();
    for (Line each : List.of(upgrade, line)) {
      for (Waiter next = each.first();
          next != null && waiters.size() < most;
          next = each.after(next)) {
        waiters.add((Acquisition) next);
      }
    }
    return waiters;
  }

  /** How many wait. */
  public int waiting() {
    return upgrade.size() + line.size();
  }

  Surroundings surroundings() {
    return locks.surroundings();
  }

  /**
   * Decides a request, or lets it wait.
   *
   * @param deadline until when it may wait, {@code now} if it may not
   */
  public void acquire(Acquisition asks, long deadline, long now) {
    asks.askAt(this, deadline, now);
    decide(asks, now);
    forgetIfUnused();
  }

  private void decide(Acquisition asks, long now) {
    Hold hold = holds.get(asks.owner());
    if (hold != null) {
      decideAgain(asks, hold, now);
    } else if (waiting() == 0 && isFreeFor(asks)) {
      give(asks, now);
    } else {
      stand(asks, line, now);
    }
  }

  private void decideAgain(Acquisition asks, Hold hold, long now) {
    if (!asks.isReentrant()) {
      asks.refuse(WaitGraph.itself(asks), now);
    } else if (!asks.isExclusive() || hold.isExclusive() || holds.size() == 1) {
      give(asks, now);
    } else if (!upgrade.isEmpty() && asks.mayWait(now)) {
      asks.refuse(WaitGraph.both(asks, (Acquisition) upgrade.first()), now);
    } else {
      stand(asks, upgrade, now);
    }
  }

  private void stand(Acquisition asks, Line where, long now) {
    if (!asks.mayWait(now)) {
      asks.expel(Ending.TIMED_OUT, now);
      return;
    }
    List<Link> cycle = WaitGraph.cycle(asks);
    if (cycle.isEmpty()) {
      asks.stand(where);
    } else {
      asks.refuse(cycle, now);
    }
  }

  private boolean isFreeFor(Acquisition asks) {
    return holds.isEmpty()
        || (!asks.isExclusive() && !holds.values().iterator().next().isExclusive());
  }

  /** Grants what can be granted, unless its fence has become stale while it waited. */
  private void give(Acquisition asks, long now) {
    Hold hold = holds.get(asks.owner());
    if (asks.isStale()) {
      asks.expel(Ending.FENCED, now);
    } else if (hold == null) {
      grant(asks, now);
    } else {
      hold.again(asks, now);
      asks.grant(hold, now);
    }
  }

  private void grant(Acquisition asks, long now) {
    Hold hold = new Hold(this, asks, locks.nextToken(), now);
    surroundings().memory().take(HOLD_MEMORY);
    holds.put(asks.owner(), hold);
    locks.granted(hold);
    asks.owner().holds(hold);
    asks.grant(hold, now);
  }

  /**
   * Releases it once.
   *
   * @return how many times it is still held; -1 if it was not
   */
  public int release(Owner owner) {
    Hold hold = holds.get(owner);
    if (hold == null) {
      return -1;
    }
    int left = hold.releaseOnce();
    if (left == 0) {
      end(hold);
    }
    return left;
  }

  /** Renews the lease of whoever holds it; null if it does not. */
  public Hold touch(Owner owner, long lease, long now) {
    Hold hold = holds.get(owner);
    if (hold != null) {
      hold.renew(lease, now);
    }
    return hold;
  }

  void end(Hold hold) {
    surroundings().alarms().cancel(hold);
    surroundings().memory().give(HOLD_MEMORY);
    holds.remove(hold.owner());
    locks.ended(hold);
    hold.owner().holdsNoMore(hold);
  }

  /**
   * Lets everybody go on after an owner has come to hold it, or holds it no more: first what else
   * that owner asks is decided anew.
   */
  public void goOn(Owner owner, long now) {
    for (Owned wait : owner.waitsAt(this)) {
      if (wait instanceof Acquisition asks && asks.isWaiting()) {
        (asks.isIn(line) ? line : upgrade).remove(asks);
        decide(asks, now);
      }
    }
    settle(now);
  }

  @Override
  public void settle(long now) {
    if (settling) {
      return;
    }
    settling = true;
    try {
      Acquisition next = next();
      while (next != null) {
        serve(next, now);
        next = next();
      }
    } finally {
      settling = false;
    }
    forgetIfUnused();
  }

  /** Who can be served now, null if nobody can. */
  private Acquisition next() {
    if (!upgrade.isEmpty()) {
      return holds.size() == 1 ? (Acquisition) upgrade.first() : null;
    }
    Acquisition first = (Acquisition) line.first();
    return first != null && isFreeFor(first) ? first : null;
  }

  private void serve(Acquisition asks, long now) {
    give(asks, now);
    if (asks.hold() != null) {
      goOn(asks.owner(), now);
    }
  }

  private void forgetIfUnused() {
    if (holds.isEmpty() && waiting() == 0) {
      locks.forget(name, this);
    }
  }
}
