package io.baozi.broker.queue;

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
