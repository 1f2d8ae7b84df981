package io.baozi.broker;

import java.util.List;

/** Requests for events, latches, barriers and a queue. */
final class SignalScript {
  private static final List<String> EVENTS = List.of("e", "f");
  private static final List<String> LATCHES = List.of("l", "m");
  private static final List<String> BARRIERS = List.of("p", "q");

  private static final String ROOM = "r";

  private final CoordinationTwins twins;
  private final SessionScript sessions;

  SignalScript(CoordinationTwins twins, SessionScript sessions) {
    this.twins = twins;
    this.sessions = sessions;
  }

  void event() {
    String op = twins.one(List.of("set", "clear", "clear", "get", "wait", "wait", "wait"));
    Long wait = op.equals("wait") ? sessions.waiting() : null;
    sessions.send("event." + op, "event", twins.one(EVENTS), "wait", wait);
  }

  void latch() {
    String op =
        twins.one(
            List.of(
                "create", "create", "await", "await", "await", "countdown", "countdown", "delete"));
    sessions.send(
        "latch." + op,
        "latch",
        twins.one(LATCHES),
        "wait",
        op.equals("await") ? sessions.waiting() : null,
        "count",
        op.equals("create") ? twins.random.nextInt(4) : null,
        "by",
        op.equals("countdown") && twins.oneIn(2) ? 1 + twins.random.nextInt(3) : null);
  }

  void barrier() {
    String name = twins.one(BARRIERS);
    BarrierModel standing = twins.model.things.barriers.get(name);
    sessions.sendUnfenced(
        "barrier.await",
        "barrier",
        name,
        "parties",
        standing == null || twins.oneIn(8) ? 1 + twins.random.nextInt(4) : standing.parties,
        "wait",
        sessions.waiting());
  }

  void queue() {
    sessions.send(
        twins.oneIn(2) ? "queue.put" : "queue.take",
        "queue",
        ROOM,
        "wait",
        sessions.waiting(),
        "autoAck",
        twins.oneIn(2) ? true : null,
        "ttr",
        1 + twins.random.nextInt(8000));
  }

  /** Somebody acknowledges what it has reserved, or what it has not. */
  void acknowledge() {
    RoomModel room = twins.model.things.rooms.get(ROOM);
    if (room == null) {
      return;
    }
    for (String connection : sessions.standing()) {
      List<Long> held = room.held(sessions.session(connection));
      if (!held.isEmpty() || twins.oneIn(8)) {
        long id = held.isEmpty() ? 1 : twins.one(held);
        sessions.sendAs(connection, "queue.ack", "queue", ROOM, "msgs", new long[] {id});
      }
    }
  }
}
