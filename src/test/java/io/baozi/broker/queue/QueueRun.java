package io.baozi.broker.queue;

import static io.baozi.broker.queue.QueueComparison.require;

import java.util.ArrayList;
import java.util.List;

/**
 * One seed's life: random requests of several sessions to three queues that share alarms, memory
 * and sessions and may bury each other's dead.
 */
final class QueueRun {
  /** Longer than any delay, ttr, ttl or key lasts here. */
  private static final long LONG = 1000;

  private final long seed;
  private final QueueTwins twins;
  private final PutRequests puts;
  private final TakeRequests takes;
  private final QueueRequests queues;
  private int step;

  QueueRun(long seed) {
    this.seed = seed;
    this.twins = new QueueTwins(seed);
    this.puts = new PutRequests(twins);
    this.takes = new TakeRequests(twins);
    this.queues = new QueueRequests(twins);
  }

  /** Lives for so many steps, then empties all. */
  void go(int steps) {
    try {
      for (step = 0; step < steps; step++) {
        twins.turn(step);
        step();
        twins.check();
      }
      emptyAll();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d (-Dbaozi.seed=%d), step %d, %s: %s"
              .formatted(seed, seed, step, twins.doing, e.getMessage()),
          e);
    }
  }

  private void step() {
    String name = twins.one(QueueTwins.NAMES);
    MessageQueue queue = twins.real.queue(name);
    QueueModel its = twins.model.queue(name);
    int request = twins.random.nextInt(200);
    if (request < 44) {
      puts.put(queue, its);
    } else if (request < 70) {
      takes.take();
    } else if (request < 76) {
      takes.consume(queue, its);
    } else if (request < 130) {
      takes.settle(name);
    } else if (request < 138) {
      takes.read(twins.random.nextInt(QueueTwins.SESSIONS));
    } else if (request < 158) {
      queues.any(queue, its);
    } else if (request < 170) {
      cancel();
    } else if (request < 173) {
      twins.endSession(twins.random.nextInt(QueueTwins.SESSIONS));
    } else {
      twins.pass(twins.random.nextInt(twins.random.nextInt(4) == 0 ? 80 : 5));
    }
  }

  private void cancel() {
    List<WaitModel> waiting = new ArrayList<>(twins.waiters.keySet());
    if (!waiting.isEmpty()) {
      twins.cancel(twins.one(waiting));
    }
  }

  /** All waits end; then everything is consumed, the dead as well, and all keys are forgotten. */
  private void emptyAll() {
    for (int session = 0; session < QueueTwins.SESSIONS; session++) {
      twins.endSession(session);
      twins.check();
    }
    while (twins.model.queues.values().stream().anyMatch(its -> !its.messages.isEmpty())) {
      for (String name : QueueTwins.NAMES) {
        queues.revive(twins.real.queue(name), twins.model.queue(name));
        takes.consumeSome(name);
        twins.check();
      }
      twins.pass(10);
    }
    twins.pass(LONG);
    twins.check();
    twins.doing = "the emptying";
    require(twins.real.memory.used() == 0, "%d bytes are taken", twins.real.memory.used());
    require(twins.real.alarms.size() == 0, "%d alarms are set", twins.real.alarms.size());
  }
}
