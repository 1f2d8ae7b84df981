package io.baozi.broker.queue;

import java.util.ArrayList;
import java.util.List;

/** A message of the model. */
final class MessageModel extends Agenda.Entry {
  /** Of so many failed deliveries it is known how they ended. */
  private static final int HISTORY = 16;

  final QueueModel queue;
  final long id;
  final int length;
  final long priority;

  /** As asked for by the put. */
  final long ttl;

  long putAt;
  State state;
  int attempt;
  long ttr;
  List<Return> history = new ArrayList<>();

  /** How it died last, null if it never has. */
  Death death;

  /** Who has reserved it, null if nobody has. */
  SessionModel holder;

  /** What it was pushed to, null if it was not. */
  SubscriptionModel subscription;

  MessageModel(QueueModel queue, long id, int length, long priority, long ttl, long putAt) {
    this.queue = queue;
    this.id = id;
    this.length = length;
    this.priority = priority;
    this.ttl = ttl;
    this.putAt = putAt;
  }

  void cameBack(Return.End end, long now) {
    history.add(new Return(attempt, end, now));
    if (history.size() > HISTORY) {
      history.remove(0);
    }
  }

  long memory() {
    return Content.OVERHEAD
        + length
        + (death == null ? 0 : QueueFixture.length(death))
        + (long) Message.RETURN_MEMORY * history.size();
  }

  @Override
  void ring(long now) {
    queue.ring(this, now);
  }
}
