package io.baozi.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One seed's life: random requests of a few connections to a few locks, semaphores, events,
 * latches, barriers and a queue; connections come, are cut, come back and go.
 */
final class CoordinationRun {
  /** Asks for what the others may not know of. */
  private static final String WATCH = "watch";

  private final long seed;
  private final CoordinationTwins twins;
  private final SessionScript sessions;
  private final List<Runnable> requests = new ArrayList<>();
  private final CoordinationPromises promises = new CoordinationPromises();
  private int step;

  CoordinationRun(long seed) {
    this.seed = seed;
    this.twins = new CoordinationTwins(seed);
    this.sessions = new SessionScript(twins);
    LockScript locks = new LockScript(twins, sessions);
    SemaphoreScript semaphores = new SemaphoreScript(twins, sessions);
    SignalScript signals = new SignalScript(twins, sessions);
    add(30, locks::acquire);
    add(14, locks::release);
    add(4, locks::other);
    add(20, semaphores::acquire);
    add(10, semaphores::release);
    add(4, semaphores::other);
    add(7, signals::event);
    add(7, signals::latch);
    add(5, signals::barrier);
    add(8, signals::queue);
    add(3, signals::acknowledge);
    add(3, sessions::cancel);
    add(4, sessions::again);
    add(1, sessions::other);
  }

  private void add(int times, Runnable request) {
    for (int i = 0; i < times; i++) {
      requests.add(request);
    }
  }

  /** Lives for so many steps, then ends all sessions. */
  void go(int steps) {
    try {
      twins.open(WATCH);
      twins.turn();
      long memory = memory();
      for (step = 0; step < steps; step++) {
        step();
        if (step % 4 == 0) {
          check();
        }
      }
      endAll(memory);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d (-Dbaozi.seed=%d), step %d: %s\n%s"
              .formatted(seed, seed, step, e.getMessage(), twins.history()),
          e);
    }
  }

  private void step() {
    if (twins.oneIn(4)) {
      twins.pass(sessions.time());
    }
    sessions.comeAndGo();
    if (twins.oneIn(3000)) {
      sessions.burst();
    }
    int count = 1 + twins.random.nextInt(twins.oneIn(3) ? 4 : 1);
    for (int i = 0; i < count; i++) {
      twins.one(requests).run();
    }
    twins.turn();
  }

  private void check() {
    promises.checkLocks(watch("lock.list"));
    CoordinationPromises.checkSemaphores(watch("semaphore.list"));
  }

  private Map<String, Object> watch(String op) {
    return twins.watch(WATCH, op);
  }

  private long memory() {
    return ((Number) watch("server.info").get("memory")).longValue();
  }

  /** Nothing of what sessions held or waited for is left. */
  private void endAll(long memory) {
    if (twins.oneIn(4)) {
      twins.drain();
      return;
    }
    sessions.endAll();
    check();
    twins.clear(WATCH);
    CoordinationComparison.require(memory() == memory, memory() + " bytes, not " + memory);
    CoordinationComparison.require(
        CoordinationComparison.entries(watch("lock.list"), "locks").isEmpty(), "locks are left");
  }
}
