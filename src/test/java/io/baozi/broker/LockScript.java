package io.baozi.broker;

import java.util.ArrayList;
import java.util.List;

/** Requests for a few locks. */
final class LockScript {
  static final List<String> NAMES = List.of("a", "b", "c");

  private final CoordinationTwins twins;
  private final SessionScript sessions;

  LockScript(CoordinationTwins twins, SessionScript sessions) {
    this.twins = twins;
    this.sessions = sessions;
  }

  void acquire() {
    sessions.send(
        "lock.acquire",
        "lock",
        twins.one(NAMES),
        "wait",
        sessions.waiting(),
        "lease",
        sessions.lease(),
        "mode",
        twins.oneIn(2) ? "shared" : twins.oneIn(2) ? "exclusive" : null,
        "reentrant",
        twins.oneIn(6) ? Boolean.valueOf(twins.oneIn(3)) : null,
        "owner",
        sessions.owner());
  }

  /** Most often what is held. */
  void release() {
    onHeld("lock.release", null);
  }

  void other() {
    switch (twins.random.nextInt(3)) {
      case 0 -> onHeld("lock.touch", sessions.lease());
      case 1 -> sessions.send("lock.info", "lock", twins.one(NAMES));
      default -> sessions.send("lock.list");
    }
  }

  private void onHeld(String op, Long lease) {
    List<LockModel> locks = new ArrayList<>(twins.model.things.locks.values());
    locks.removeIf(lock -> lock.holds.isEmpty());
    LockModel lock = locks.isEmpty() || twins.oneIn(10) ? null : twins.one(locks);
    HoldModel hold = lock == null ? null : twins.one(lock.holds);
    if (hold == null || hold.owner.session().connection == null) {
      sessions.send(op, "lock", twins.one(NAMES), "owner", sessions.owner(), "lease", lease);
    } else {
      sessions.sendAs(
          hold.owner.session().connection.name,
          op,
          "lock",
          lock.name,
          "owner",
          hold.owner.owner(),
          "lease",
          lease);
    }
  }
}
