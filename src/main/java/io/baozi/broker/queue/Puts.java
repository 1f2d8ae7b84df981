package io.baozi.broker.queue;

import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Line;
import io.baozi.broker.waiting.Memory;

/** The producers' side of a queue: who waits for room, and what makes a put idempotent. */
final class Puts {
  private final MessageQueue queue;
  private final Settings settings;
  private final Stock stock;
  private final Deliveries deliveries;
  private final Memory memory;
  private final Keys keys;
  private final Line line = new Line();

  Puts(
      MessageQueue queue,
      Stock stock,
      Deliveries deliveries,
      Ledger ledger,
      Surroundings surroundings) {
    this.queue = queue;
    this.settings = queue.settings();
    this.stock = stock;
    this.deliveries = deliveries;
    this.memory = surroundings.memory();
    this.keys = new Keys(settings.dedup(), surroundings.alarms(), memory, ledger);
  }

  Line line() {
    return line;
  }

  Keys keys() {
    return keys;
  }

  /** Puts, or waits in the line; {@code deadline} as for {@link MessageQueue#put}. */
  void put(Put put, long deadline, long now) {
    arrive(put);
    while (!put.isDecided() && line.isEmpty() && admit(put, now)) {
      queue.settle(now);
    }
    if (put.isDecided()) {
      put.grant(now);
    } else if (deadline > now) {
      line.add(put);
      put.stand();
      put.waitUntil(deadline, queue.alarms());
    } else {
      put.end(Ending.TIMED_OUT, queue.alarms(), now);
    }
  }

  /** Looks at a put that comes: decides what needs no room, or can never have it. */
  private void arrive(Put put) {
    put.waitAt(queue);
    memory.take(put.memory());
    for (int at = 0; at < put.size(); at++) {
      if (settings.maxBytes() > 0 && put.content(at).length() > settings.maxBytes()) {
        memory.give(put.decide(at, Put.TOO_LARGE));
      } else if (put.key(at) != null) {
        keys.claim(put, at);
      }
    }
  }

  /** Accepts as much of the first in line as there is room for; true if any, or if it has left. */
  boolean admitFirst(long now) {
    Put first = (Put) line.first();
    Ending obstacle = hasRoom(first) ? first.obstacle() : null;
    if (obstacle != null) {
      first.expel(obstacle, queue.alarms(), now);
      return true;
    }
    boolean any = admit(first, now);
    if (first.isDecided()) {
      first.grant(now);
    }
    return any;
  }

  /** Accepts as much of a put, which nobody is ahead of, as there is room for; true if any. */
  private boolean admit(Put put, long now) {
    boolean any = false;
    if (hasRoom(put)) {
      do {
        int at = put.next();
        long msg = deliveries.accept(put.content(at), now);
        any = true;
        put.decide(at, msg);
        if (put.key(at) != null) {
          keys.accepted(put, at, msg, now);
        }
      } while (!put.isDecided() && (!put.isEach() || hasRoom(put)));
    }
    return any;
  }

  /** A put has left that was not decided. */
  void abandon(Put put) {
    if (put.hasKeys()) {
      keys.abandon(put);
    }
    memory.give(put.memoryLeft());
  }

  private boolean hasRoom(Put put) {
    return stock.held() + put.needed() <= settings.capacity()
        && (settings.maxBytes() == 0 || stock.bytes() + put.neededBytes() <= settings.maxBytes());
  }
}
