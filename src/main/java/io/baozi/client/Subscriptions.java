package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The subscriptions of a session, by id, and the way of each push to its own. On the context. */
final class Subscriptions {
  /** The push that brings messages. */
  private static final String MESSAGE = "queue.message";

  /** The push that says that no more will come. */
  private static final String CANCELLED = "queue.cancelled";

  private final Exchange exchange;
  private final Map<Long, Subscription> open = new HashMap<>();

  /** Subscriptions that the server was asked for and has not answered. */
  private int asked;

  /** Pushes that may be for one of those: after a cut they may overtake the answer. */
  private final List<Reply> early = new ArrayList<>();

  Subscriptions(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Asks for one. */
  Future<Reply> ask(Object... arguments) {
    asked++;
    return exchange.ask(Operation.QUEUE_CONSUME, arguments);
  }

  /** Tells that what was asked for was answered or given up, and added if it is there. */
  void answered() {
    if (--asked == 0) {
      List<Reply> pushes = List.copyOf(early);
      early.clear();
      pushes.forEach(this::receive);
    }
  }

  /** A cut is over. */
  void resume() {
    List.copyOf(open.values()).forEach(Subscription::resume);
  }

  void add(Subscription subscription) {
    open.put(subscription.sub(), subscription);
  }

  void remove(Subscription subscription) {
    open.remove(subscription.sub());
  }

  /** Hands a push on; messages for nobody go back, and no more of them are wanted. */
  void receive(Reply push) {
    String op = push.header().text("op");
    if (!MESSAGE.equals(op) && !CANCELLED.equals(op)) {
      return;
    }
    Object sub = push.header().get("sub");
    Subscription subscription = open.get(sub);
    if (subscription == null && asked > 0) {
      early.add(push);
    } else if (MESSAGE.equals(op)) {
      receive(push, sub, subscription);
    } else if (subscription != null) {
      remove(subscription);
      subscription.end(
          new RefusedException(
              ErrorCode.NOT_FOUND, "queue " + subscription.queue() + " was deleted"));
    }
  }

  private void receive(Reply push, Object sub, Subscription subscription) {
    if (subscription == null) {
      // Given back alone, they would be pushed again.
      exchange.ask(Operation.QUEUE_CANCEL, "sub", sub);
      exchange.giveBack(push);
    } else {
      deliver(subscription, push);
    }
  }

  /** A server that hands out what nobody can read would keep it reserved: better have no server. */
  private void deliver(Subscription subscription, Reply push) {
    Deliveries deliveries;
    try {
      deliveries = Deliveries.of(push);
    } catch (RuntimeException e) {
      exchange.lose(Client.unreadable(push, e));
      return;
    }
    subscription.receive(deliveries);
  }

  /** Ends all of them. */
  void end(Throwable cause) {
    List<Subscription> all = new ArrayList<>(open.values());
    open.clear();
    early.clear();
    all.forEach(subscription -> subscription.lose(cause));
  }
}
