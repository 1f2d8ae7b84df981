package io.baozi.cli;

import io.baozi.cli.Guard.Party;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who waits for whom, over all locks and semaphores: an owner for what it waits for, and that for
 * the others who hold it. Who only stands ahead in the line is not followed: it waits for the same.
 */
final class WaitGraph {
  private static final String STEP = "  ";

  /**
   * A wait of an owner.
   *
   * @param place in the line, from 1
   */
  private record Wait(Guard guard, Party waiter, int place) {
    List<Party> others() {
      return guard.holders().stream()
          .filter(holder -> !holder.owner().equals(waiter.owner()))
          .toList();
    }
  }

  private final Map<Owner, List<Wait>> waits = new LinkedHashMap<>();
  private final long now;

  /** The waits that lead from the first owner to where the walk is. */
  private final List<Wait> path = new ArrayList<>();

  private final Set<Owner> told = new HashSet<>();
  private final Set<Guard> toldGuards = new HashSet<>();
  private final Set<Wait> cyclic = new HashSet<>();
  private final List<String> lines = new ArrayList<>();

  private WaitGraph(List<Guard> guards, long now) {
    this.now = now;
    guards.forEach(this::add);
    Set<Owner> first = new LinkedHashSet<>(waits.keySet());
    guards.forEach(guard -> first.removeAll(inTheWay(guard)));
    first.forEach(this::tell);
    // What is left are cycles that nobody outside of them waits for.
    waits.keySet().forEach(this::tell);
  }

  private void add(Guard guard) {
    int place = 1;
    for (Party waiter : guard.waiters()) {
      waits
          .computeIfAbsent(waiter.owner(), owner -> new ArrayList<>())
          .add(new Wait(guard, waiter, place++));
    }
  }

  /** Those who hold what somebody else waits for. */
  private static List<Owner> inTheWay(Guard guard) {
    return guard.holders().stream()
        .map(Party::owner)
        .filter(owner -> guard.waiters().stream().anyMatch(w -> !w.owner().equals(owner)))
        .toList();
  }

  /**
   * As a tree of text, a tree for each owner that nobody waits for; what was told is not told
   * twice.
   *
   * @param now in milliseconds since 1970
   */
  static List<String> lines(List<Guard> guards, long now) {
    return new WaitGraph(guards, now).lines;
  }

  /** As an object a wait: who, for what, for whom, and whether that is part of a cycle. */
  static List<JsonLine> json(List<Guard> guards) {
    WaitGraph graph = new WaitGraph(guards, 0);
    return graph.waits.values().stream().flatMap(List::stream).map(graph::json).toList();
  }

  private JsonLine json(Wait wait) {
    return wait.waiter()
        .owner()
        .json()
        .with(wait.guard().kind(), wait.guard().name())
        .with("share", wait.waiter().share())
        .with("since", wait.waiter().since())
        .with("for", wait.others().stream().map(holder -> holder.owner().json().members()).toList())
        .with("cycle", cyclic.contains(wait) ? true : null);
  }

  private void tell(Owner owner) {
    if (!told.contains(owner)) {
      line(0, owner.toString());
      tellWaits(owner, 1);
    }
  }

  private void tellWaits(Owner owner, int depth) {
    told.add(owner);
    for (Wait wait : waits.getOrDefault(owner, List.of())) {
      path.add(wait);
      tell(wait, depth);
      path.remove(path.size() - 1);
    }
  }

  private void tell(Wait wait, int depth) {
    String what =
        "waits %s for %s, %s, number %d in line"
            .formatted(wait.waiter().age(now), wait.guard(), wait.waiter().share(), wait.place());
    if (toldGuards.contains(wait.guard())) {
      line(depth, what + "; held as told above");
      return;
    }
    line(depth, what);
    wait.others().forEach(holder -> tell(holder, depth + 1));
    if (wait.guard().hiddenHolders() > 0) {
      line(depth + 1, wait.guard().hiddenHolders() + " more hold it");
    }
    toldGuards.add(wait.guard());
  }

  private void tell(Party holder, int depth) {
    String what =
        "%s holds it for %s, %s".formatted(holder.owner(), holder.age(now), holder.share());
    if (isOnPath(holder.owner())) {
      line(depth, what + ": a cycle");
    } else if (told.contains(holder.owner()) && waits.containsKey(holder.owner())) {
      line(depth, what + "; waits as told above");
    } else {
      line(depth, what);
      tellWaits(holder.owner(), depth + 1);
    }
  }

  /** Whether the walk has come back to this one; then all that led here from there is a cycle. */
  private boolean isOnPath(Owner owner) {
    for (int i = 0; i < path.size(); i++) {
      if (path.get(i).waiter().owner().equals(owner)) {
        cyclic.addAll(path.subList(i, path.size()));
        return true;
      }
    }
    return false;
  }

  private void line(int depth, String text) {
    lines.add(STEP.repeat(depth) + text);
  }
}
