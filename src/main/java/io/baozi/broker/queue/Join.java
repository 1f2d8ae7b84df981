package io.baozi.broker.queue;

import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Waiter;

/** A request to wait until a queue holds nothing; it is told of its end once. */
public abstract class Join extends Waiter {
  private MessageQueue queue;

  /** For subclasses. */
  protected Join() {}

  final void waitAt(MessageQueue waitedAt) {
    queue = waitedAt;
  }

  @Override
  protected final void ring(long now) {
    end(Ending.TIMED_OUT, queue.alarms(), now);
  }

  @Override
  protected final void left() {
    if (queue != null) {
      queue.giveWaitMemory();
    }
  }

  @Override
  protected final void letOthersGoOn(long now) {
    // Nobody is held up by a join.
  }
}
