package io.baozi.broker;

import io.baozi.broker.queue.MessageQueue;
import io.baozi.broker.queue.Stats;
import io.baozi.frame.Json;

/** The figures of a queue as answers have them. */
final class QueueStatsForm {
  private QueueStatsForm() {}

  /** The figures with the queue's name, as keys and values in turn. */
  static Object[] flat(MessageQueue queue, long now) {
    Stats stats = queue.stats(now);
    return new Object[] {
      "queue", queue.name(),
      "order", queue.settings().order().wire(),
      "paused", queue.isPaused(),
      "ready", stats.ready(),
      "delayed", stats.delayed(),
      "reserved", stats.reserved(),
      "dead", stats.dead(),
      "capacity", queue.settings().capacity(),
      "maxBytes", queue.settings().maxBytes(),
      "puts", stats.puts(),
      "takes", stats.takes(),
      "acks", stats.acks(),
      "nacks", stats.nacks(),
      "expired", stats.expired(),
      "waitingPuts", stats.waitingPuts(),
      "waitingTakes", stats.waitingTakes(),
      "waitingJoins", stats.waitingJoins(),
      "consumers", stats.consumers(),
      "bytes", stats.bytes(),
      "oldestAge", stats.oldestAge(),
      "keys", stats.keys(),
      "putRate", rate(stats.putRate()),
      "takeRate", rate(stats.takeRate()),
      "ackRate", rate(stats.ackRate())
    };
  }

  /** Tenths are as fine as a rate over ten seconds is. */
  private static Json rate(double perSecond) {
    return Json.of(Math.round(perSecond * 10) / 10.0);
  }
}
