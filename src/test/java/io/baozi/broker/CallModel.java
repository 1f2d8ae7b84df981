package io.baozi.broker;

import io.baozi.broker.waiting.Alarms;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.Arguments;
import io.baozi.message.Request;
import java.util.Optional;
import java.util.Set;

/** A request on its way to its one answer, which may be a wait. */
final class CallModel {
  private static final Set<String> CHANGES =
      Set.of(
          "lock.acquire",
          "lock.release",
          "lock.touch",
          "semaphore.acquire",
          "semaphore.release",
          "semaphore.touch",
          "event.set",
          "event.clear",
          "latch.create",
          "latch.countdown",
          "latch.delete",
          "barrier.await",
          "queue.put",
          "queue.ack",
          "queue.take");

  final WorldModel world;
  final SessionModel session;
  final Request request;
  final Arguments arguments;

  /** When it came, and as which of all. */
  final long since;

  final long order;
  final long deadline;

  /** Where it waits, null if it does not. */
  ThingModel at;

  private boolean answered;

  CallModel(WorldModel world, SessionModel session, Request request) {
    this.world = world;
    this.session = session;
    this.request = request;
    this.arguments = request.arguments();
    this.since = world.now;
    this.order = world.nextOrder();
    long wait = number("wait", -1);
    this.deadline = wait < 0 ? Alarms.NEVER : since + wait;
  }

  String text(String key) {
    return arguments.text(key);
  }

  long number(String key, long otherwise) {
    return arguments.integer(key, otherwise, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  OwnerModel owner() {
    return new OwnerModel(session, text("owner"));
  }

  boolean isShared() {
    return "shared".equals(text("mode"));
  }

  boolean isReentrant() {
    return !Boolean.FALSE.equals(request.header().get("reentrant"));
  }

  /** Whether it may not wait at all. */
  boolean isNow() {
    return deadline == since;
  }

  /** Whether it changes something if it goes well. */
  boolean changes() {
    return CHANGES.contains(request.op());
  }

  /** Whether nothing is held any more under its fence. */
  boolean isFenced() {
    if (!changes() || !(request.header().get("fence") instanceof Json json)) {
      return false;
    }
    Optional<Header> fence = json.header();
    LockModel lock = world.things.locks.get(fence.orElseThrow().text("lock"));
    return lock == null
        || lock.holds.stream().noneMatch(hold -> fence.get().get("token").equals(hold.token));
  }

  /** Waits from now on, or still. */
  void waitAt(ThingModel thing) {
    if (at == null) {
      session.waits.add(this);
      if (deadline != Alarms.NEVER) {
        world.agenda.set(this, deadline, () -> world.leave(this, thing.timeout(this)));
      }
    }
    at = thing;
  }

  void ok(Object... fields) {
    answer(FrameModel.ok(request.id(), fields));
  }

  void refused(String code) {
    answer(FrameModel.refused(request.id(), code));
  }

  void refusedAsDeadlock(CycleModel cycle) {
    answer(FrameModel.refused(request.id(), "deadlock").and(cycle::check));
  }

  void answer(FrameModel frame) {
    if (answered) {
      throw new AssertionError(request.id() + " is answered twice");
    }
    answered = true;
    at = null;
    session.waits.remove(this);
    world.agenda.cancel(this);
    session.answers.keep(this, frame);
    session.send(frame);
  }
}
