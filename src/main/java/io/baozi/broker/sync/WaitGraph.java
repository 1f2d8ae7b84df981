package io.baozi.broker.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who waits for whom, as seen from one request that is about to wait. An owner goes on if it waits
 * for nothing that others hold, or if one of its waits is granted once all that go on give back
 * what they hold. A wait that is granted only if its own owner goes on, which it does not, closes a
 * cycle that nothing but a lease or a deadline can open.
 */
public final class WaitGraph {
  /** The most owners that are looked at; a cycle beyond them is not found. */
  private static final int MOST = 10_000;

  /** How often the question whether an owner goes on is asked at most, for the same reason. */
  private static final int PATIENCE = 200_000;

  private final Owned asks;
  private final Set<Owner> waiting = new LinkedHashSet<>();
  private int asked;

  private WaitGraph(Owned asks) {
    this.asks = asks;
  }

  /** The cycle that this request would close if it waited, itself first; empty if none. */
  public static List<Link> cycle(Owned asks) {
    boolean needsNoLook =
        !asks.owner().holdsAnything() || asks.isGrantedIf(owner -> !owner.isWaiting());
    return needsNoLook ? List.of() : new WaitGraph(asks).find();
  }

  /** The cycle of one who waits for what it holds itself. */
  static List<Link> itself(Owned asks) {
    return List.of(new Link(asks.owner(), asks.waitsFor(), asks.waitsFor(), asks.since()));
  }

  /**
   * The cycle of two who hold the same and wait for each other to give it back; an owner that asks
   * twice is in it once.
   */
  static List<Link> both(Owned asks, Owned other) {
    return asks.owner() == other.owner()
        ? itself(asks)
        : List.of(itself(asks).get(0), itself(other).get(0));
  }

  private List<Link> find() {
    explore();
    Predicate<Owner> goesOn = goingOn(false);
    boolean isClosed =
        isPatient() && !asks.isGrantedIf(goesOn) && asks.isGrantedIf(goingOn(true)) && isPatient();
    return isClosed ? path(goesOn) : List.of();
  }

  /** Whether it is still worth looking: beyond that nothing is known, and so nothing refused. */
  private boolean isPatient() {
    return waiting.size() <= MOST && asked <= PATIENCE;
  }

  /** Finds everybody that the request depends on and that waits itself. */
  private void explore() {
    Deque<Owner> next = new ArrayDeque<>();
    waiting.add(asks.owner());
    next.add(asks.owner());
    while (!next.isEmpty() && isPatient()) {
      for (Owned wait : waits(next.remove())) {
        wait.blockers(
            blocker -> {
              asked++;
              if (blocker.isWaiting() && waiting.add(blocker)) {
                next.add(blocker);
              }
            });
      }
    }
  }

  /** What an owner waits for, this request included. */
  private Collection<Owned> waits(Owner owner) {
    if (owner != asks.owner()) {
      return owner.waits();
    }
    Set<Owned> waits = new LinkedHashSet<>(owner.waits());
    waits.add(asks);
    return waits;
  }

  /**
   * Who goes on: at first those that do not wait, then those that wait for nobody else, and so on.
   *
   * @param itsOwnerDoes whether the owner of the request is taken to go on
   */
  private Predicate<Owner> goingOn(boolean itsOwnerDoes) {
    Set<Owner> stuck = new HashSet<>(waiting);
    Predicate<Owner> goesOn =
        owner -> {
          asked++;
          return !stuck.contains(owner);
        };
    if (itsOwnerDoes) {
      stuck.remove(asks.owner());
    }
    List<Owner> lastFirst = new ArrayList<>(waiting);
    Collections.reverse(lastFirst);
    boolean more = true;
    while (more && isPatient()) {
      more = false;
      for (Owner owner : lastFirst) {
        if (isPatient() && stuck.contains(owner) && goesOn(owner, goesOn)) {
          stuck.remove(owner);
          more = true;
        }
      }
    }
    return goesOn;
  }

  private boolean goesOn(Owner owner, Predicate<Owner> goesOn) {
    for (Owned wait : waits(owner)) {
      if (wait.isGrantedIf(goesOn)) {
        return true;
      }
    }
    return false;
  }

  /** The shortest way from the request back to its owner, over those that do not go on. */
  private List<Link> path(Predicate<Owner> goesOn) {
    Map<Owner, Owned> reachedBy = new HashMap<>();
    Deque<Owner> next = new ArrayDeque<>();
    next.add(asks.owner());
    while (!reachedBy.containsKey(asks.owner()) && !next.isEmpty()) {
      Owner from = next.remove();
      for (Owned wait : from == asks.owner() ? Set.of(asks) : from.waits()) {
        wait.blockers(
            blocker -> {
              if (blocker != from
                  && !goesOn.test(blocker)
                  && reachedBy.putIfAbsent(blocker, wait) == null) {
                next.add(blocker);
              }
            });
      }
    }
    return links(reachedBy);
  }

  /** The way, read from its end. */
  private List<Link> links(Map<Owner, Owned> reachedBy) {
    List<Link> links = new ArrayList<>();
    Owned last = reachedBy.get(asks.owner());
    Owned wait = last;
    while (wait != null) {
      Owned before = wait == asks ? null : reachedBy.get(wait.owner());
      String holds = (before == null ? last : before).waitsFor();
      links.add(new Link(wait.owner(), wait.waitsFor(), holds, wait.since()));
      wait = before;
    }
    Collections.reverse(links);
    return links;
  }
}
