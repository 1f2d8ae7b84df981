package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import java.util.ArrayList;
import java.util.Arrays;
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

/** A put of the model. */
final class PutModel extends WaitModel {
  final int[] lengths;
  final List<String> keys;
  final Terms terms;
  final boolean each;
  final long[] ids;

  PutModel(
      int number,
      SessionModel session,
      long deadline,
      int[] lengths,
      List<String> keys,
      Terms terms,
      boolean each) {
    super(number, session, deadline);
    this.lengths = lengths;
    this.keys = keys;
    this.terms = terms;
    this.each = each;
    this.ids = new long[lengths.length];
  }

  String key(int at) {
    return keys == null ? null : keys.get(at);
  }

  boolean isDecided() {
    return firstUndecided() == ids.length;
  }

  int firstUndecided() {
    int at = 0;
    while (at < ids.length && ids[at] != 0) {
      at++;
    }
    return at;
  }

  @Override
  boolean isInTheWay() {
    return true;
  }

  @Override
  String brought() {
    return " " + Arrays.toString(ids);
  }
}

/** A take of the model. */
final class TakeModel extends WaitModel {
  final int max;
  final long ttr;
  final boolean autoAck;
  final List<String> taken = new ArrayList<>();
  String source = "";

  TakeModel(int number, SessionModel session, long deadline, int max, long ttr, boolean autoAck) {
    super(number, session, deadline);
    this.max = max;
    this.ttr = ttr;
    this.autoAck = autoAck;
  }

  @Override
  String brought() {
    return " " + taken + source;
  }
}

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
    long unacknowledged = session.held.stream().filter(m -> m.subscription == this).count();
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

/** A join of the model. */
final class JoinModel extends WaitModel {
  JoinModel(int number, SessionModel session, long deadline) {
    super(number, session, deadline);
  }

  @Override
  String brought() {
    return "";
  }
}
