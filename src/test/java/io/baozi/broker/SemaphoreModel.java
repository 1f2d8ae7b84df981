package io.baozi.broker;

import io.baozi.broker.waiting.Alarms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The obvious semaphore: its grants, each with its own lease, and the line. */
final class SemaphoreModel extends ThingModel {
  /** Permits that were granted at once, less those that have been released. */
  static final class Grant {
    final OwnerModel owner;
    long permits;
    long lease;
    long due = Alarms.NEVER;

    Grant(CallModel ask, long permits) {
      this.owner = ask.owner();
      this.permits = permits;
    }
  }

  /** When an owner began to hold some, and as which of all. */
  record Beginning(long since, long order) {}

  final long limit;

  /** Of those who hold, in that order. */
  final Map<OwnerModel, Beginning> beginnings = new LinkedHashMap<>();

  final List<Grant> grants = new ArrayList<>();
  final List<CallModel> line = new ArrayList<>();

  SemaphoreModel(WorldModel world, String name, long limit) {
    super(world, name);
    this.limit = limit;
  }

  static long permits(CallModel call) {
    return call.number("permits", 1);
  }

  long available() {
    return limit - grants.stream().mapToLong(grant -> grant.permits).sum();
  }

  long held(OwnerModel owner) {
    return grants.stream().filter(g -> g.owner.equals(owner)).mapToLong(g -> g.permits).sum();
  }

  // Granting

  void ask(CallModel ask) {
    if (ask.number("limit", limit) != limit) {
      ask.refused("conflict");
    } else if (permits(ask) > limit) {
      ask.refused("bad_request");
    } else if (line.isEmpty() && permits(ask) <= available()) {
      grant(ask);
    } else if (ask.isNow()) {
      ask.refused("timeout");
    } else if (new DeadlockModel(world).isClosedBy(ask, this)) {
      ask.refusedAsDeadlock(CycleModel.of(ask, this));
    } else {
      line.add(ask);
      ask.waitAt(this);
    }
  }

  private void grant(CallModel ask) {
    if (ask.isFenced()) {
      ask.refused("fenced");
      return;
    }
    Grant grant = new Grant(ask, permits(ask));
    grants.add(grant);
    beginnings.computeIfAbsent(grant.owner, o -> new Beginning(world.now, world.nextOrder()));
    renew(grant, ask.number("lease", 0));
    ask.ok("available", available());
  }

  private void renew(Grant grant, long lease) {
    grant.lease = lease;
    if (lease > 0) {
      grant.due = world.now + lease;
      world.agenda.set(grant, grant.due, () -> lose(grant));
    }
  }

  @Override
  void settle() {
    while (!line.isEmpty() && permits(line.get(0)) <= available()) {
      grant(line.remove(0));
    }
  }

  // Ending

  void release(CallModel call) {
    long permits = permits(call);
    if (held(call.owner()) < permits) {
      call.refused("not_owner");
      return;
    }
    for (Grant grant : shortestFirst(call.owner())) {
      long taken = Math.min(permits, grant.permits);
      permits -= taken;
      take(grant, taken);
    }
    settle();
    call.ok("available", available());
  }

  /** Those whose lease ends first, then the oldest. */
  private List<Grant> shortestFirst(OwnerModel owner) {
    List<Grant> its = new ArrayList<>(grants);
    its.removeIf(grant -> !grant.owner.equals(owner));
    its.sort(Comparator.comparingLong(grant -> grant.due));
    return its;
  }

  private void take(Grant grant, long permits) {
    grant.permits -= permits;
    if (grant.permits == 0) {
      grants.remove(grant);
      world.agenda.cancel(grant);
    }
    beginnings.keySet().removeIf(owner -> held(owner) == 0);
  }

  void touch(CallModel call) {
    long held = held(call.owner());
    if (held == 0) {
      call.refused("not_owner");
      return;
    }
    for (Grant grant : shortestFirst(call.owner())) {
      if (grant.lease > 0) {
        renew(grant, call.number("lease", grant.lease));
      }
    }
    call.ok("permits", held);
  }

  private void lose(Grant grant) {
    grant
        .owner
        .session()
        .send(
            FrameModel.push(
                "semaphore.lost",
                "semaphore",
                name,
                "permits",
                grant.permits,
                "owner",
                grant.owner.owner()));
    take(grant, grant.permits);
    settle();
  }

  /** All permits of an owner come back; whoever waits goes on later. */
  void giveBack(OwnerModel owner) {
    grants.stream()
        .filter(grant -> grant.owner.equals(owner))
        .toList()
        .forEach(grant -> take(grant, grant.permits));
  }

  @Override
  void remove(CallModel call) {
    line.remove(call);
  }

  @Override
  boolean isIdle() {
    return grants.isEmpty() && line.isEmpty();
  }

  /** For itself and for each ahead of it there are enough. */
  @Override
  boolean couldGrant(CallModel wait, Set<OwnerModel> goOn) {
    List<CallModel> ahead = new ArrayList<>(line);
    int place = line.indexOf(wait);
    if (place >= 0) {
      ahead.subList(place, ahead.size()).clear();
    }
    ahead.add(wait);
    Set<OwnerModel> giveBack = new HashSet<>(goOn);
    giveBack.add(wait.owner());
    return ahead.stream().allMatch(each -> couldServe(each, giveBack));
  }

  /** Whether there are enough with what its own owner could still release. */
  private boolean couldServe(CallModel wait, Set<OwnerModel> goOn) {
    long free = available();
    for (Grant grant : grants) {
      boolean comesBack = goOn.contains(grant.owner) || grant.owner.equals(wait.owner());
      free += comesBack ? grant.permits : 0;
    }
    return permits(wait) <= free;
  }
}
