package io.baozi.broker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The obvious lock: who holds it, who wants more of it, and the line. */
final class LockModel extends ThingModel {
  final List<HoldModel> holds = new ArrayList<>();
  CallModel upgrade;
  final List<CallModel> line = new ArrayList<>();

  LockModel(WorldModel world, String name) {
    super(world, name);
  }

  HoldModel hold(OwnerModel owner) {
    return holds.stream().filter(hold -> hold.owner.equals(owner)).findFirst().orElse(null);
  }

  // Asking

  /** Grants, refuses or lets wait, as at the first time. */
  void ask(CallModel ask) {
    HoldModel own = hold(ask.owner());
    if (own == null) {
      askFree(ask);
    } else if (!ask.isReentrant()) {
      ask.refusedAsDeadlock(CycleModel.of(ask, this));
    } else if (ask.isShared() || !own.shared || holds.size() == 1) {
      grantAgain(ask, own);
    } else {
      askForMore(ask);
    }
  }

  private void askFree(CallModel ask) {
    if (upgrade == null && line.isEmpty() && fits(ask)) {
      grant(ask);
    } else if (mayWait(ask)) {
      line.add(ask);
      ask.waitAt(this);
    }
  }

  private void askForMore(CallModel ask) {
    if (upgrade != null && !(ask.isNow() && ask.at == null)) {
      ask.refusedAsDeadlock(CycleModel.of(ask, this));
    } else if (mayWait(ask)) {
      upgrade = ask;
      ask.waitAt(this);
    }
  }

  private boolean mayWait(CallModel ask) {
    if (ask.isNow() && ask.at == null) {
      ask.refused("timeout");
      return false;
    }
    if (new DeadlockModel(world).isClosedBy(ask, this)) {
      ask.refusedAsDeadlock(CycleModel.of(ask, this));
      return false;
    }
    return true;
  }

  private boolean fits(CallModel ask) {
    return holds.isEmpty() || (ask.isShared() && holds.stream().allMatch(hold -> hold.shared));
  }

  // Granting

  private boolean grant(CallModel ask) {
    if (ask.isFenced()) {
      ask.refused("fenced");
      return false;
    }
    HoldModel hold = new HoldModel(ask, world.nextToken());
    holds.add(hold);
    lend(hold, ask);
    return true;
  }

  private void grantAgain(CallModel ask, HoldModel hold) {
    if (ask.isFenced()) {
      ask.refused("fenced");
      return;
    }
    hold.shared &= ask.isShared();
    lend(hold, ask);
  }

  private void lend(HoldModel hold, CallModel ask) {
    hold.count++;
    renew(hold, ask);
    ask.ok("token", hold.token, "holds", hold.count);
  }

  private void renew(HoldModel hold, CallModel ask) {
    hold.lease = ask.number("lease", hold.lease);
    if (hold.lease > 0) {
      world.agenda.set(hold, world.now + hold.lease, () -> lose(hold));
    }
  }

  /** The upgrade, else the head of the line, as long as it fits. */
  @Override
  void settle() {
    while (true) {
      if (upgrade != null && holds.size() == 1) {
        CallModel ask = upgrade;
        upgrade = null;
        grantAgain(ask, holds.get(0));
      } else if (upgrade == null && !line.isEmpty() && fits(line.get(0))) {
        CallModel ask = line.remove(0);
        if (grant(ask)) {
          askAnew(ask.owner());
        }
      } else {
        return;
      }
    }
  }

  /** What else an owner waits for here is decided as if it were asked now. */
  private void askAnew(OwnerModel owner) {
    for (CallModel ask : waits()) {
      if (ask.owner().equals(owner)) {
        remove(ask);
        ask(ask);
      }
    }
  }

  /** In the order in which they came. */
  List<CallModel> waits() {
    List<CallModel> all = waitersInOrder();
    all.sort(Comparator.comparingLong(ask -> ask.order));
    return all;
  }

  /** In the order in which they are served. */
  List<CallModel> waitersInOrder() {
    List<CallModel> all = new ArrayList<>();
    if (upgrade != null) {
      all.add(upgrade);
    }
    all.addAll(line);
    return all;
  }

  // Ending

  void release(CallModel call) {
    HoldModel hold = hold(call.owner());
    if (hold == null) {
      call.refused("not_owner");
      return;
    }
    hold.count--;
    call.ok("holds", hold.count);
    if (hold.count == 0) {
      end(hold);
      settle();
    }
  }

  void touch(CallModel call) {
    HoldModel hold = hold(call.owner());
    if (hold == null) {
      call.refused("not_owner");
      return;
    }
    renew(hold, call);
    call.ok("token", hold.token, "holds", hold.count);
  }

  private void lose(HoldModel hold) {
    hold.owner
        .session()
        .send(
            FrameModel.push(
                "lock.lost", "lock", name, "token", hold.token, "owner", hold.owner.owner()));
    end(hold);
    settle();
  }

  /** A hold ends; whoever else waits goes on later. */
  void end(HoldModel hold) {
    holds.remove(hold);
    world.agenda.cancel(hold);
    askAnew(hold.owner);
  }

  @Override
  void remove(CallModel call) {
    line.remove(call);
    upgrade = upgrade == call ? null : upgrade;
  }

  @Override
  boolean isIdle() {
    return holds.isEmpty() && upgrade == null && line.isEmpty();
  }

  @Override
  boolean couldGrant(CallModel wait, Set<OwnerModel> goOn) {
    return holds.stream()
        .allMatch(hold -> hold.owner.equals(wait.owner()) || goOn.contains(hold.owner));
  }
}
