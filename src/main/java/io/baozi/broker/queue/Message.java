package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarm;

/** A message in a queue; its alarm is the end of its reservation. */
public final class Message extends Alarm {
  private final MessageQueue queue;
  private final long id;
  private final Content content;
  private final long putAt;
  private int attempt;

  /** Who has reserved it, null if it is ready. */
  Holder holder;

  /** Its neighbours among all that its holder has reserved. */
  Message before;

  Message behind;

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

  /** What it carries. */
  public Content content() {
    return content;
  }

  /** When it was put, in milliseconds since 1970. */
  public long putAt() {
    return putAt;
  }

  /** How often it has been handed out. */
  public int attempt() {
    return attempt;
  }

  MessageQueue queue() {
    return queue;
  }

  void handOut() {
    attempt++;
  }

  @Override
  protected void ring(long now) {
    queue.giveBack(this, now);
  }
}
