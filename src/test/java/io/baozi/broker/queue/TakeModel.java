package io.baozi.broker.queue;

import java.util.ArrayList;
import java.util.List;

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
