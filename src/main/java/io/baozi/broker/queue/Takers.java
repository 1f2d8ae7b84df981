package io.baozi.broker.queue;

import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Line;
import io.baozi.broker.waiting.Waiter;
import java.util.LinkedHashSet;
import java.util.Set;

/** The consumers' side of a queue: takes that wait and subscriptions, in one line. */
final class Takers {
  private final MessageQueue queue;
  private final Stock stock;
  private final Deliveries deliveries;
  private final Line line = new Line();
  private final Set<Subscription> subscriptions = new LinkedHashSet<>();

  /** How many in the line are takes. */
  private int takes;

  Takers(MessageQueue queue, Stock stock, Deliveries deliveries) {
    this.queue = queue;
    this.stock = stock;
    this.deliveries = deliveries;
  }

  Line line() {
    return line;
  }

  Set<Subscription> subscriptions() {
    return subscriptions;
  }

  /** How many takes wait. */
  int takes() {
    return takes;
  }

  void add(Take take) {
    queue.takeWaitMemory();
    line.add(take);
    takes++;
  }

  /** A take no longer waits here. */
  void left() {
    takes--;
  }

  void serveFirst(long now) {
    Waiter first = line.first();
    Ending obstacle = first.obstacle();
    if (obstacle != null) {
      first.expel(obstacle, queue.alarms(), now);
    } else if (first instanceof Take take) {
      serve(take, now);
    } else {
      serve((Subscription) first, now);
    }
  }

  void serve(Take take, long now) {
    take.servedBy(queue);
    Ready ready = stock.ready();
    for (Message next = ready.first(); next != null && take.wants(next); next = ready.first()) {
      take.messages().add(next);
      handOut(next, take, now);
    }
    take.grant(now);
  }

  /** Hands a subscription one message, unless its flow has stopped since it joined the line. */
  private void serve(Subscription subscription, long now) {
    if (subscription.isEager()) {
      Message next = stock.ready().first();
      handOut(next, subscription, now);
      subscription.push(next);
    }
    if (subscription.isEager()) {
      line.firstToEnd();
    } else {
      line.remove(subscription);
    }
  }

  private void handOut(Message message, Take take, long now) {
    if (take.isAutoAck()) {
      deliveries.handOver(message, now);
    } else {
      deliveries.reserve(message, take.holder(), take.ttr(queue.settings()), now);
    }
  }

  private void handOut(Message message, Subscription subscription, long now) {
    long ttr = subscription.ttr(queue.settings());
    deliveries.reserve(message, subscription.holder(), ttr, now);
    message.subscription = subscription;
    subscription.received();
  }

  /** Lets a subscription stand in the line if it may have a message, and only then. */
  void regulate(Subscription subscription) {
    boolean eager = subscription.isEager();
    if (eager != subscription.isIn(line)) {
      if (eager) {
        line.add(subscription);
      } else {
        line.remove(subscription);
      }
    }
  }
}
