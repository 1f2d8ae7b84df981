package io.baozi.broker;

import java.util.ArrayList;
import java.util.List;

/** The obvious event. */
final class EventModel extends ThingModel {
  private final List<CallModel> waiting = new ArrayList<>();
  private boolean set;

  EventModel(WorldModel world, String name) {
    super(world, name);
  }

  void set(CallModel call) {
    set = true;
    call.ok("set", true);
    settle();
  }

  void clear(CallModel call) {
    set = false;
    call.ok("set", false);
  }

  void get(CallModel call) {
    call.ok("set", set);
  }

  void await(CallModel call) {
    if (set) {
      call.ok("set", true);
    } else if (call.isNow()) {
      call.refused("timeout");
    } else {
      waiting.add(call);
      call.waitAt(this);
    }
  }

  @Override
  void settle() {
    while (set && !waiting.isEmpty()) {
      waiting.remove(0).ok("set", true);
    }
  }

  @Override
  void remove(CallModel call) {
    waiting.remove(call);
  }

  @Override
  boolean isIdle() {
    return !set && waiting.isEmpty();
  }
}
