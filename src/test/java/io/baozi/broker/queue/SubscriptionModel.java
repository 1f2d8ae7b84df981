package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;

/** A subscription of the model. */
final class SubscriptionModel extends WaitModel {
  final int credit;
  final long ttr;

  SubscriptionModel(int number, SessionModel session, int credit, long ttr) {
    super(number, session, Alarms.NEVER);
    this.credit = credit;
    this.ttr = ttr;
  }

  /** Whether it may have one more. */
  boolean isEager() {
    int unacknowledged = 0;
    for (MessageModel message : session.held) {
      unacknowledged += message.subscription == this ? 1 : 0;
    }
    return !hasEnded && unacknowledged < credit && session.isFlowing();
  }

  @Override
  boolean isInTheWay() {
    return true;
  }

  @Override
  String brought() {
    return "";
  }
}
