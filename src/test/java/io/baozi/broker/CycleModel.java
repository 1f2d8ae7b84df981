package io.baozi.broker;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who waited for what and held what when a wait was refused: a cycle has to be among it. */
final class CycleModel {
  private final String first;
  private final String asked;
  private final long now;

  /** Owner, name and moment of each wait. */
  private final Set<String> waits = new HashSet<>();

  /** Owner and name of what is held. */
  private final Set<String> holds = new HashSet<>();

  private CycleModel(CallModel call, ThingModel at) {
    first = call.owner().key();
    asked = at.name;
    now = call.since;
  }

  static CycleModel of(CallModel call, ThingModel at) {
    CycleModel cycle = new CycleModel(call, at);
    for (LockModel lock : call.world.things.locks.values()) {
      lock.waits().forEach(wait -> cycle.waits(wait, lock));
      lock.holds.forEach(hold -> cycle.holds.add(hold.owner.key() + " " + lock.name));
    }
    for (SemaphoreModel semaphore : call.world.things.semaphores.values()) {
      semaphore.line.forEach(wait -> cycle.waits(wait, semaphore));
      semaphore.grants.forEach(g -> cycle.holds.add(g.owner.key() + " " + semaphore.name));
    }
    return cycle;
  }

  private void waits(CallModel wait, ThingModel at) {
    waits.add(wait.owner().key() + " " + at.name + " " + wait.since);
  }

  /** Whether each waits for what the next holds, from the refused one round to it. */
  void check(Header refusal) {
    List<?> cycle = ((Json) refusal.get("cycle")).as(List.class);
    require(!cycle.isEmpty(), "no cycle");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < cycle.size(); i++) {
      Map<?, ?> entry = (Map<?, ?>) cycle.get(i);
      Map<?, ?> next = (Map<?, ?>) cycle.get((i + 1) % cycle.size());
      String owner = entry.get("session") + "/" + entry.get("owner");
      Object name = entry.get("waits");
      long since = ((Number) entry.get("since")).longValue();
      require(seen.add(owner), owner + " is in the cycle twice: " + cycle);
      if (i == 0) {
        require(owner.equals(first), "the cycle begins with another: " + cycle);
        require(asked.equals(name), "the cycle begins elsewhere: " + cycle);
      } else {
        require(waits.contains(owner + " " + name + " " + since), owner + " does not wait so");
      }
      require(i > 0 || since == now, "the first came at another time: " + cycle);
      require(holds.contains(owner + " " + entry.get("holds")), owner + " does not hold so");
      require(name.equals(next.get("holds")), "the next holds something else: " + cycle);
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }
}
