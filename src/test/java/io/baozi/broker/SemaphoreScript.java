package io.baozi.broker;

import java.util.ArrayList;
import java.util.List;

/** Requests for a few semaphores. */
final class SemaphoreScript {
  private static final List<String> NAMES = List.of("x", "y");

  private final CoordinationTwins twins;
  private final SessionScript sessions;

  SemaphoreScript(CoordinationTwins twins, SessionScript sessions) {
    this.twins = twins;
    this.sessions = sessions;
  }

  void acquire() {
    String name = twins.one(NAMES);
    SemaphoreModel standing = twins.model.things.semaphores.get(name);
    Long limit = twins.oneIn(4) ? null : limit(standing);
    long most = limit != null ? limit : standing != null ? standing.limit : 1;
    sessions.send(
        "semaphore.acquire",
        "semaphore",
        name,
        "permits",
        permits(limit == null ? most + 1 : most),
        "limit",
        limit,
        "wait",
        sessions.waiting(),
        "lease",
        sessions.lease(),
        "owner",
        sessions.owner());
  }

  /** Most often the one that stands. */
  private long limit(SemaphoreModel standing) {
    return standing == null || twins.oneIn(10) ? 1 + twins.random.nextInt(4) : standing.limit;
  }

  private Long permits(long most) {
    return twins.oneIn(3) ? null : 1L + twins.random.nextInt((int) most);
  }

  /** Most often what is held. */
  void release() {
    onHeld("semaphore.release", permits(3), null);
  }

  void other() {
    switch (twins.random.nextInt(3)) {
      case 0 -> onHeld("semaphore.touch", null, sessions.lease());
      case 1 -> sessions.send("semaphore.info", "semaphore", twins.one(NAMES));
      default -> sessions.send("semaphore.list");
    }
  }

  private void onHeld(String op, Long permits, Long lease) {
    List<SemaphoreModel> all = new ArrayList<>(twins.model.things.semaphores.values());
    all.removeIf(semaphore -> semaphore.grants.isEmpty());
    SemaphoreModel semaphore = all.isEmpty() || twins.oneIn(10) ? null : twins.one(all);
    OwnerModel owner = semaphore == null ? null : twins.one(semaphore.grants).owner;
    boolean stands = owner != null && owner.session().connection != null;
    Object[] arguments = {
      "semaphore",
      stands ? semaphore.name : twins.one(NAMES),
      "permits",
      permits,
      "owner",
      stands ? owner.owner() : sessions.owner(),
      "lease",
      lease
    };
    if (stands) {
      sessions.sendAs(owner.session().connection.name, op, arguments);
    } else {
      sessions.send(op, arguments);
    }
  }
}
