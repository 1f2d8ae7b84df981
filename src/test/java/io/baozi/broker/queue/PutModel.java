package io.baozi.broker.queue;

import java.util.Arrays;
import java.util.List;

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
