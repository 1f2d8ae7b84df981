package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Memory;

/** The messages of a queue by state, and what those that count add up to. */
final class Stock {
  private final Ready ready;
  private final Messages delayed = new Messages(Order.FIFO);
  private final Messages reserved = new Messages(Order.FIFO);
  private final Messages dead = new Messages(Order.FIFO);
  private final Ledger ledger;
  private final Memory memory;
  private final Shelf shelf;
  private long bytes;

  Stock(Order order, Ledger ledger, Surroundings surroundings) {
    this.ready = new Ready(order);
    this.ledger = ledger;
    this.memory = surroundings.memory();
    this.shelf = surroundings.shelf();
  }

  Ready ready() {
    return ready;
  }

  Messages delayed() {
    return delayed;
  }

  Messages reserved() {
    return reserved;
  }

  Messages dead() {
    return dead;
  }

  /** How many are in a state. */
  int count(State state) {
    return state == State.READY ? ready.size() : set(state).size();
  }

  /** Messages that count in the capacity. */
  int held() {
    return ready.size() + delayed.size() + reserved.size();
  }

  /** Bytes of their bodies. */
  long bytes() {
    return bytes;
  }

  /** Puts a message, which is in no state, into one. */
  void add(Message message, State state) {
    switch (state) {
      case READY -> ready.add(message);
      case DELAYED -> delayed.add(message);
      case RESERVED -> reserved.add(message);
      case DEAD -> dead.add(message);
    }
    if (state != State.DEAD) {
      bytes += message.bytes();
    }
  }

  /** Takes a message out of its state; it is in none then. */
  void remove(Message message) {
    if (message.in != dead) {
      bytes -= message.bytes();
    }
    if (ready.has(message)) {
      ready.remove(message);
    } else {
      message.in.remove(message);
    }
  }

  /** Removes all messages of a state for good, with their alarms; says how many. */
  int dropAll(State state, Alarms alarms) {
    int dropped = 0;
    for (Message next = first(state); next != null; next = first(state)) {
      alarms.cancel(next);
      remove(next);
      drop(next);
      dropped++;
    }
    return dropped;
  }

  /** A message that is in no state any more is gone for good. */
  void drop(Message message) {
    forget(message);
    ledger.drops(message);
  }

  /** Gives back what a message takes that is in no state any more. */
  void forget(Message message) {
    memory.give(message.memory());
    shelf.forget(message.content());
  }

  /** The first message of a state in the order in which it is shown, null if there is none. */
  Message first(State state) {
    return state == State.READY ? ready.first() : set(state).first();
  }

  /** The one behind a message that is in this state, null if there is none. */
  Message after(State state, Message message) {
    return state == State.READY ? ready.after(message) : set(state).after(message);
  }

  /** The first behind a message that may be gone, null if there is none. */
  Message firstAfter(State state, long id) throws LostPlaceException {
    return state == State.READY ? ready.firstAfter(id) : set(state).firstAfter(0, id);
  }

  private Messages set(State state) {
    return switch (state) {
      case READY -> throw new IllegalArgumentException("ready messages have an order of their own");
      case DELAYED -> delayed;
      case RESERVED -> reserved;
      case DEAD -> dead;
    };
  }
}
