package io.baozi.broker;

import java.util.ArrayList;
import java.util.List;

/** The obvious latch; it stays until it is deleted. */
final class LatchModel extends ThingModel {
  private final List<CallModel> waiting = new ArrayList<>();
  private final long first;
  private long count;

  LatchModel(WorldModel world, String name, long count) {
    super(world, name);
    this.first = count;
    this.count = count;
  }

  void create(CallModel call) {
    if (call.number("count", 0) == first) {
      call.ok("count", count);
    } else {
      call.refused("conflict");
    }
  }

  void await(CallModel call) {
    if (count == 0) {
      call.ok("count", 0);
    } else if (call.isNow()) {
      call.refused("timeout");
    } else {
      waiting.add(call);
      call.waitAt(this);
    }
  }

  void countDown(CallModel call) {
    count = Math.max(0, count - call.number("by", 1));
    call.ok("count", count);
    settle();
  }

  void delete(CallModel call) {
    world.things.latches.remove(name);
    while (!waiting.isEmpty()) {
      waiting.remove(0).refused("not_found");
    }
    call.ok();
  }

  @Override
  void settle() {
    while (count == 0 && !waiting.isEmpty()) {
      waiting.remove(0).ok("count", 0);
    }
  }

  @Override
  void remove(CallModel call) {
    waiting.remove(call);
  }

  @Override
  boolean isIdle() {
    return false;
  }
}
