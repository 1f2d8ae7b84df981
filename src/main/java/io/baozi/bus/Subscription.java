package io.baozi.bus;

import io.baozi.frame.FrameLimits;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * A client as one more consumer of an address: it gets what is published there, and its share of
 * what is sent. It cannot reply. What cannot be passed on, since the client does not read or the
 * message has no form outside, is dropped, and the next push says how many were.
 */
final class Subscription {
  private static final Logger LOG = System.getLogger(Subscription.class.getName());

  private final long id;
  private final BridgeSession session;
  private final FrameLimits limits;
  private final MessageConsumer<Object> consumer;
  private long dropped;

  /** A subscription that hears nothing until it is {@linkplain #open opened}. */
  Subscription(long id, BridgeSession session, FrameLimits limits, EventBus bus, String address) {
    this.id = id;
    this.session = session;
    this.limits = limits;
    this.consumer = bus.<Object>consumer(address).pause();
    consumer.handler(this::push);
  }

  long id() {
    return id;
  }

  /** Completes once the bus, a clustered one too, knows of it. */
  Future<Void> registered() {
    return consumer.completion();
  }

  /** Begins to push. */
  void open() {
    consumer.resume();
  }

  /** Pushes no more. */
  void end() {
    consumer.unregister();
  }

  private void push(Message<Object> message) {
    try {
      Outward outward = Outward.of(message, limits);
      Reply push =
          Reply.push(
              "bus.message",
              "sub",
              id,
              "address",
              consumer.address(),
              "headers",
              outward.headers(),
              "dropped",
              dropped == 0 ? null : dropped);
      dropped = session.push(push.withBody(outward.body()), outward.bytes()) ? 0 : dropped + 1;
    } catch (RuntimeException e) {
      if (dropped++ == 0) {
        logDrop(e);
      }
    }
  }

  /** Once for all those in a row, which are as many as the publisher likes. */
  private void logDrop(RuntimeException e) {
    String what = "a message on " + consumer.address() + " was not passed on";
    if (e instanceof RefusedException) {
      LOG.log(Level.WARNING, what + ": " + e.getMessage());
    } else {
      LOG.log(Level.ERROR, what, e);
    }
  }
}
