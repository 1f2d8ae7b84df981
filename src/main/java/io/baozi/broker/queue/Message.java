package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarm;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in a queue. Its alarm is whatever time brings next: the end of its delay, its
 * reservation or its life.
 */
public final class Message extends Alarm {
  /** Of this many of its failed deliveries it keeps how they ended. */
  static final int HISTORY = 16;

  /** What one of them takes, in bytes. */
  static final int RETURN_MEMORY = 64;

  private final MessageQueue queue;
  private final long id;
  private Content content;
  private long putAt;
  private int attempt;

  /** How long its reservation is, in milliseconds, a week at most. */
  int ttr;

  /** Who has reserved it, null if nobody has. */
  Holder holder;

  /** What it was pushed to, null if it was taken or is nobody's. */
  Subscription subscription;

  /** Its neighbours among all that its holder has reserved. */
  Message before;

  Message behind;

  /** The set that it is in, and its place in that set's tree. */
  Messages in;

  Message parent;
  Message left;
  Message right;

  private List<Return> history = List.of();

  Message(MessageQueue queue, long id, Content content, long putAt) {
    this.queue = queue;
    this.id = id;
    this.content = content;
    this.putAt = putAt;
  }

  /** Its id; of two messages of a queue the one put first has the smaller. */
  public long id() {
    return id;
  }

  /** Who has reserved it, null if nobody has. */
  public Holder holder() {
    return holder;
  }

  /** What it carries. */
  public Content content() {
    return content;
  }

  /** How often it has been handed out since it was put, or redriven. */
  public int attempt() {
    return attempt;
  }

  MessageQueue queue() {
    return queue;
  }

  /** Its place where the order is by priority: the lowest is first. */
  public long priority() {
    return content.terms().priority();
  }

  /** When it was put, or redriven, in milliseconds since 1970. */
  public long putAt() {
    return putAt;
  }

  int bytes() {
    return content.length();
  }

  long memory() {
    return content.memory() + (long) RETURN_MEMORY * history.size();
  }

  /** How its last deliveries ended, oldest first. */
  List<Return> history() {
    return history;
  }

  /** Stands again as it stood before a restart. */
  void recover(int attempts) {
    attempt = attempts;
  }

  void handOut() {
    attempt++;
  }

  /** Remembers how a delivery ended; gives the memory that this takes. */
  int cameBack(Return.End end, long now) {
    int from = history.size() < HISTORY ? 0 : 1;
    List<Return> longer = new ArrayList<>(history.subList(from, history.size()));
    longer.add(new Return(attempt, end, now));
    history = longer;
    return from == 0 ? RETURN_MEMORY : 0;
  }

  /** Has died; what it carries says how. */
  void die(Content obituary) {
    content = obituary;
    history = List.of();
  }

  /** Begins anew. */
  void revive(long now) {
    attempt = 0;
    putAt = now;
  }

  @Override
  protected void ring(long now) {
    queue.ring(this, now);
  }
}
