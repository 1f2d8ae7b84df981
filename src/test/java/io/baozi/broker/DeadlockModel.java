package io.baozi.broker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who can go on, found by going through all waits again and again until nothing is new. */
final class DeadlockModel {
  private record Wait(CallModel call, ThingModel at) {}

  private final List<Wait> waits = new ArrayList<>();
  private final Set<OwnerModel> owners = new HashSet<>();

  DeadlockModel(WorldModel world) {
    for (LockModel lock : world.things.locks.values()) {
      lock.waits().forEach(wait -> waits.add(new Wait(wait, lock)));
      lock.holds.forEach(hold -> owners.add(hold.owner));
    }
    for (SemaphoreModel semaphore : world.things.semaphores.values()) {
      semaphore.line.forEach(wait -> waits.add(new Wait(wait, semaphore)));
      semaphore.grants.forEach(grant -> owners.add(grant.owner));
    }
    waits.forEach(wait -> owners.add(wait.call.owner()));
  }

  /** Whether a wait that is to begin could be granted only if its own owner went on. */
  boolean isClosedBy(CallModel call, ThingModel at) {
    owners.add(call.owner());
    waits.add(new Wait(call, at));
    return !at.couldGrant(call, goOn(new HashSet<>()))
        && at.couldGrant(call, goOn(new HashSet<>(Set.of(call.owner()))));
  }

  /** All that go on, if these do. */
  Set<OwnerModel> goOn(Set<OwnerModel> known) {
    while (true) {
      List<OwnerModel> more = owners.stream().filter(owner -> goesOn(owner, known)).toList();
      if (!known.addAll(more)) {
        return known;
      }
    }
  }

  private boolean goesOn(OwnerModel owner, Set<OwnerModel> known) {
    List<Wait> its = waits.stream().filter(wait -> wait.call.owner().equals(owner)).toList();
    return its.isEmpty() || its.stream().anyMatch(wait -> wait.at.couldGrant(wait.call, known));
  }
}
