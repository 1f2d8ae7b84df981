package io.baozi.broker.queue;

import io.baozi.broker.waiting.Waiter;
import java.util.Objects;

/**
 * A consumer that is handed messages as they come, as many as its credit allows. It stands in the
 * line of those who take while it may have one more, and goes to the end with each.
 */
public abstract class Subscription extends Waiter {
  private final Holder holder;
  private final int credit;
  private final long ttr;
  private int unacknowledged;
  private MessageQueue queue;

  /**
   * A subscription.
   *
   * @param holder who reserves what is handed out
   * @param credit messages that it may have unacknowledged, 1 or more
   * @param ttr milliseconds that they are reserved, 0 for the queue's setting
   */
  protected Subscription(Holder holder, int credit, long ttr) {
    this.holder = Objects.requireNonNull(holder, "holder");
    this.credit = credit;
    this.ttr = ttr;
  }

  /** The queue that it is to. */
  public final MessageQueue queue() {
    return queue;
  }

  /** Takes a message, which is reserved for its holder. */
  protected abstract void push(Message message);

  /** Whether whoever is behind it takes what is pushed; if not it is handed nothing meanwhile. */
  protected abstract boolean isFlowing();

  /** Whoever is behind it may take more, or less. */
  public final void regulate(long now) {
    if (!hasEnded()) {
      queue.regulate(this, now);
    }
  }

  final Holder holder() {
    return holder;
  }

  final long ttr(Settings settings) {
    return ttr == 0 ? settings.ttr() : ttr;
  }

  final boolean isEager() {
    return !hasEnded() && unacknowledged < credit && isFlowing();
  }

  final void received() {
    unacknowledged++;
  }

  final void settled() {
    unacknowledged--;
  }

  final void consumeFrom(MessageQueue source) {
    queue = source;
  }

  /** Its wait never runs out. */
  @Override
  protected final void ring(long now) {
    throw new IllegalStateException("a subscription has no alarm");
  }

  @Override
  protected final void left() {
    queue.left(this);
  }

  @Override
  protected final void letOthersGoOn(long now) {
    queue.settle(now);
  }
}
