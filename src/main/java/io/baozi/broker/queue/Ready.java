package io.baozi.broker.queue;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The messages to be had, oldest first. New ones join at the end at no cost but O(1); those that
 * come back, the rarer case, find their old place at O(log n).
 */
final class Ready {
  private static final Comparator<Message> BY_ID = Comparator.comparingLong(Message::id);

  /** An empty line of messages that was longer than this is made anew: it keeps the room it had. */
  private static final int MANY = 1024;

  private ArrayDeque<Message> fresh = new ArrayDeque<>();
  private PriorityQueue<Message> returned = new PriorityQueue<>(BY_ID);
  private int most;

  void add(Message message) {
    fresh.addLast(message);
    most = Math.max(most, size());
  }

  void comeBack(Message message) {
    returned.add(message);
    most = Math.max(most, size());
  }

  /** The oldest, null if there is none. */
  Message first() {
    Message old = returned.peek();
    Message young = fresh.peekFirst();
    return old == null || (young != null && young.id() < old.id()) ? young : old;
  }

  void removeFirst() {
    if (first() == fresh.peekFirst()) {
      fresh.removeFirst();
    } else {
      returned.remove();
    }
    if (most > MANY && size() == 0) {
      fresh = new ArrayDeque<>();
      returned = new PriorityQueue<>(BY_ID);
      most = 0;
    }
  }

  int size() {
    return fresh.size() + returned.size();
  }
}
