package io.baozi.broker.queue;

import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A request to take messages from one of its queues; it is told of its end once. */
public abstract class Take extends Waiter {
  private final Holder holder;
  private final int max;
  private final long ttr;
  private final boolean autoAck;
  private final List<Message> messages = new ArrayList<>(1);

  /** Where it waits, none if it does not. */
  private List<MessageQueue> queues = List.of();

  private MessageQueue source;

  /**
   * A request.
   *
   * @param holder who reserves what is taken
   * @param max messages at most, 1 or more
   * @param ttr milliseconds that they are reserved, 0 for the queue's setting
   * @param autoAck whether they are removed at once instead
   */
  protected Take(Holder holder, int max, long ttr, boolean autoAck) {
    this.holder = Objects.requireNonNull(holder, "holder");
    this.max = max;
    this.ttr = ttr;
    this.autoAck = autoAck;
  }

  /** What was taken, in the order of the queue. */
  public final List<Message> messages() {
    return messages;
  }

  /** Where it was taken from, null if nothing was. */
  public final MessageQueue source() {
    return source;
  }

  /**
   * Whether one message more fits into the answer; asked for each but the first, which always does.
   */
  protected abstract boolean fits(Message message);

  final boolean wants(Message message) {
    return messages.isEmpty() || (messages.size() < max && fits(message));
  }

  final void servedBy(MessageQueue queue) {
    source = queue;
  }

  final void grant(long now) {
    stopWaiting();
    end(Ending.GRANTED, source.alarms(), now);
  }

  final Holder holder() {
    return holder;
  }

  final long ttr(Settings settings) {
    return ttr == 0 ? settings.ttr() : ttr;
  }

  /** Whether what is taken is removed at once. */
  protected final boolean isAutoAck() {
    return autoAck;
  }

  final void waitAt(List<MessageQueue> waitedAt) {
    queues = waitedAt;
  }

  /** Gives back what its wait has taken. */
  final void stopWaiting() {
    queues.forEach(MessageQueue::takeLeft);
    queues = List.of();
  }

  @Override
  protected final void ring(long now) {
    end(Ending.TIMED_OUT, queues.get(0).alarms(), now);
  }

  @Override
  protected final void left() {
    stopWaiting();
  }

  @Override
  protected final void letOthersGoOn(long now) {
    // Nobody is held up by a take: there was nothing to take.
  }
}
