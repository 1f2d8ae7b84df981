package io.baozi.broker.queue;

import java.util.LinkedHashSet;
import java.util.Set;

/** Whoever reserves messages, and all that it has reserved, in whatever queue. */
public class Holder {
  private Message first;
  private Message last;
  private int size;

  /** For whoever is about to take. */
  public Holder() {}

  /** How many messages it holds. */
  public int size() {
    return size;
  }

  /**
   * Gives all its messages back to their places, in the order in which it reserved them.
   *
   * @return the queues that go on when whoever calls it settles them
   */
  public Set<MessageQueue> giveBackAll(long now) {
    Set<MessageQueue> queues = new LinkedHashSet<>();
    while (first != null) {
      queues.add(first.queue());
      first.queue().sessionEnded(first, now);
    }
    return queues;
  }

  void add(Message message) {
    message.holder = this;
    message.before = last;
    if (last == null) {
      first = message;
    } else {
      last.behind = message;
    }
    last = message;
    size++;
  }

  void remove(Message message) {
    if (message.before == null) {
      first = message.behind;
    } else {
      message.before.behind = message.behind;
    }
    if (message.behind == null) {
      last = message.before;
    } else {
      message.behind.before = message.before;
    }
    message.before = null;
    message.behind = null;
    message.holder = null;
    size--;
  }
}
