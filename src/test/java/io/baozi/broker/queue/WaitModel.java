package io.baozi.broker.queue;

import io.baozi.broker.waiting.Ending;
import java.util.List;

/** A request of the model that may wait, or a subscription. */
abstract class WaitModel extends Agenda.Entry {
  final int number;
  final SessionModel session;
  final long deadline;

  /** Where it stands. */
  List<QueueModel> queues = List.of();

  boolean hasEnded;

  WaitModel(int number, SessionModel session, long deadline) {
    this.number = number;
    this.session = session;
    this.deadline = deadline;
  }

  /** What is told of its end beside how it ended. */
  abstract String brought();

  /** Whether somebody may go on once it has left. */
  boolean isInTheWay() {
    return false;
  }

  @Override
  void ring(long now) {
    queues.get(0).world.end(this, Ending.TIMED_OUT, now);
  }
}
