package io.baozi.broker.queue;

import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Line;

/** Those who wait until a queue holds nothing. */
final class Joins {
  private final MessageQueue queue;
  private final Line line = new Line();

  Joins(MessageQueue queue) {
    this.queue = queue;
  }

  Line line() {
    return line;
  }

  void join(Join join, long deadline, long now) {
    if (queue.held() == 0) {
      join.end(Ending.GRANTED, queue.alarms(), now);
    } else if (deadline <= now) {
      join.end(Ending.TIMED_OUT, queue.alarms(), now);
    } else {
      queue.takeWaitMemory();
      join.waitAt(queue);
      line.add(join);
      join.waitUntil(deadline, queue.alarms());
    }
  }

  /** Lets all go on if the queue holds nothing. */
  void settle(long now) {
    while (!line.isEmpty() && queue.held() == 0) {
      Join join = (Join) line.first();
      queue.giveWaitMemory();
      join.end(Ending.GRANTED, queue.alarms(), now);
    }
  }
}
