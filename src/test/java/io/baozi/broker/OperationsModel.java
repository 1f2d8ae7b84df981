package io.baozi.broker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operations of coordination, each carried out by the thing that it is about. */
final class OperationsModel {
  private final ThingsModel things;

  OperationsModel(ThingsModel things) {
    this.things = things;
  }

  void carryOut(CallModel call) {
    String op = call.request.op();
    switch (op.substring(0, op.indexOf('.'))) {
      case "lock" -> lock(call);
      case "semaphore" -> semaphore(call);
      case "event" -> event(call);
      case "latch" -> latch(call);
      case "barrier" -> things.barrier(call).await(call);
      case "queue" -> room(call);
      default -> throw new AssertionError(op);
    }
  }

  private void lock(CallModel call) {
    switch (call.request.op()) {
      case "lock.acquire" -> things.lock(call.text("lock")).ask(call);
      case "lock.release" -> things.lock(call.text("lock")).release(call);
      case "lock.touch" -> things.lock(call.text("lock")).touch(call);
      case "lock.info" -> call.ok(fields(info(things.lock(call.text("lock")))));
      case "lock.list" -> call.ok("locks", things.locks.values().stream().map(this::info).toList());
      default -> throw new AssertionError(call.request.op());
    }
  }

  /** All locks and semaphores, for whoever reads of a failure. */
  String state() {
    StringBuilder state = new StringBuilder();
    things.locks.values().forEach(lock -> state.append(info(lock)).append('\n'));
    things.semaphores.values().forEach(each -> state.append(info(each)).append('\n'));
    return state.toString();
  }

  private Map<String, Object> info(LockModel lock) {
    List<Object> holders = new ArrayList<>();
    for (HoldModel hold : lock.holds) {
      holders.add(
          hold.owner.entry(
              "mode",
              mode(hold.shared),
              "token",
              hold.token,
              "holds",
              hold.count,
              "since",
              hold.since));
    }
    List<Object> waiters = new ArrayList<>();
    for (CallModel wait : lock.waitersInOrder()) {
      waiters.add(wait.owner().entry("mode", mode(wait.isShared()), "since", wait.since));
    }
    return info("lock", lock.name, holders, waiters);
  }

  private static String mode(boolean shared) {
    return shared ? "shared" : "exclusive";
  }

  private void semaphore(CallModel call) {
    switch (call.request.op()) {
      case "semaphore.acquire" -> things.semaphore(call).ask(call);
      case "semaphore.release" -> things.semaphore(call).release(call);
      case "semaphore.touch" -> things.semaphore(call).touch(call);
      case "semaphore.info" -> call.ok(fields(info(things.semaphore(call))));
      case "semaphore.list" ->
          call.ok("semaphores", things.semaphores.values().stream().map(this::info).toList());
      default -> throw new AssertionError(call.request.op());
    }
  }

  private Map<String, Object> info(SemaphoreModel semaphore) {
    List<Object> holders = new ArrayList<>();
    semaphore.beginnings.forEach(
        (owner, beginning) ->
            holders.add(owner.entry("permits", semaphore.held(owner), "since", beginning.since())));
    List<Object> waiters = new ArrayList<>();
    for (CallModel wait : semaphore.line) {
      waiters.add(wait.owner().entry("permits", SemaphoreModel.permits(wait), "since", wait.since));
    }
    Map<String, Object> info = info("semaphore", semaphore.name, holders, waiters);
    if (!semaphore.isIdle()) {
      info.put("limit", semaphore.limit);
      info.put("available", semaphore.available());
    }
    return info;
  }

  private static Map<String, Object> info(
      String kind, String name, List<Object> holders, List<Object> waiters) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put(kind, name);
    info.put("holders", holders);
    info.put("waiters", waiters);
    info.put("holding", holders.size());
    info.put("waiting", waiters.size());
    return info;
  }

  private static Object[] fields(Map<String, Object> info) {
    List<Object> fields = new ArrayList<>();
    info.forEach((key, value) -> fields.addAll(List.of(key, value)));
    return fields.toArray();
  }

  private void event(CallModel call) {
    EventModel event = things.event(call);
    switch (call.request.op()) {
      case "event.set" -> event.set(call);
      case "event.clear" -> event.clear(call);
      case "event.get" -> event.get(call);
      case "event.wait" -> event.await(call);
      default -> throw new AssertionError(call.request.op());
    }
  }

  private void latch(CallModel call) {
    if (call.request.op().equals("latch.create")) {
      things.madeLatch(call).create(call);
      return;
    }
    LatchModel latch = things.latch(call);
    if (latch == null) {
      call.refused("not_found");
      return;
    }
    switch (call.request.op()) {
      case "latch.await" -> latch.await(call);
      case "latch.countdown" -> latch.countDown(call);
      case "latch.delete" -> latch.delete(call);
      default -> throw new AssertionError(call.request.op());
    }
  }

  private void room(CallModel call) {
    switch (call.request.op()) {
      case "queue.put" -> things.room(call).put(call);
      case "queue.take" -> things.room(call).take(call);
      case "queue.ack" -> things.room(call).acknowledge(call);
      case "queue.delete" -> things.room(call).delete(call);
      default -> throw new AssertionError(call.request.op());
    }
  }
}
