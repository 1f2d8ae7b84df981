package io.baozi.broker;

import java.util.ArrayList;
import java.util.List;

/** The obvious barrier; whoever leaves breaks it for the others. */
final class BarrierModel extends ThingModel {
  private final List<CallModel> waiting = new ArrayList<>();
  final long parties;
  private boolean broken;

  BarrierModel(WorldModel world, String name, long parties) {
    super(world, name);
    this.parties = parties;
  }

  void await(CallModel call) {
    if (call.number("parties", 0) != parties) {
      call.refused("conflict");
    } else if (waiting.size() + 1 == parties) {
      waiting.add(call);
      for (int index = 0; !waiting.isEmpty(); index++) {
        waiting.remove(0).ok("index", index);
      }
    } else if (call.isNow()) {
      call.refused("timeout");
    } else {
      waiting.add(call);
      call.waitAt(this);
    }
  }

  @Override
  void remove(CallModel call) {
    broken |= waiting.remove(call);
  }

  @Override
  void settle() {
    while (broken && !waiting.isEmpty()) {
      waiting.remove(0).refused("broken");
    }
    broken = false;
  }

  @Override
  boolean isIdle() {
    return waiting.isEmpty();
  }
}
