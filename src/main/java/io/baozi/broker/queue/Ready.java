package io.baozi.broker.queue;

import java.util.TreeMap;

/** The messages to be had, in the queue's order. */
final class Ready {
  private final Order order;
  private final Messages messages;

  /** The same by id, where the order is another; else null. */
  private final TreeMap<Long, Message> byId;

  Ready(Order order) {
    this.order = order;
    this.messages = new Messages(order);
    this.byId = order == Order.PRIORITY ? new TreeMap<>() : null;
  }

  void add(Message message) {
    messages.add(message);
    if (byId != null) {
      byId.put(message.id(), message);
    }
  }

  void remove(Message message) {
    messages.remove(message);
    if (byId != null) {
      byId.remove(message.id());
    }
  }

  boolean has(Message message) {
    return message.in == messages;
  }

  int size() {
    return messages.size();
  }

  /** The next to be handed out, null if there is none. */
  Message first() {
    return messages.first();
  }

  Message after(Message message) {
    return messages.after(message);
  }

  /** The first behind a message that may be gone, null if there is none. */
  Message firstAfter(long id) throws LostPlaceException {
    if (byId == null) {
      return messages.firstAfter(0, id);
    }
    Message message = byId.get(id);
    if (message == null) {
      throw new LostPlaceException();
    }
    return messages.after(message);
  }

  /** The one that was put first, null if there is none. */
  Message oldest() {
    return switch (order) {
      case FIFO -> messages.first();
      case LIFO -> messages.last();
      case PRIORITY -> byId.isEmpty() ? null : byId.firstEntry().getValue();
    };
  }
}
