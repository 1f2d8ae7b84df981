package io.baozi.broker.queue;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The messages to be had, oldest first. New ones join at the end at no cost but O(1); those that
 * come back, the rarer case, find their old place at O(log n).
 */
final class Ready {
  private final ArrayDeque<Message> fresh = new ArrayDeque<>();
  private final PriorityQueue<Message> returned =
      new PriorityQueue<>(Comparator.comparingLong(Message::id));

  void add(Message message) {
    fresh.addLast(message);
  }

  void comeBack(Message message) {
    returned.add(message);
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
  }

  int size() {
    return fresh.size() + returned.size();
  }
}
