package io.baozi.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;

/**
 * A request on the event bus that can be given up. The bus itself keeps a request until it is
 * replied to or times out, a year if need be: here it is given up by a reply to itself, at the
 * address that only its outgoing message tells.
 */
final class Inquiry {
  private static final DeliveryOptions HERE = new DeliveryOptions().setLocalOnly(true);

  private final EventBus bus;
  private final Future<Message<Object>> reply;

  /** Volatile: another interceptor may pass the message on from another thread. */
  private volatile String replyAddress;

  /** Sends it, in the order of these calls. */
  Inquiry(EventBus bus, Inward inward, long timeout) {
    this.bus = bus;
    MultiMap headers = inward.options().getHeaders();
    Handler<DeliveryContext<Object>> note =
        delivery -> {
          if (delivery.message().headers() == headers) {
            replyAddress = delivery.message().replyAddress();
          }
          delivery.next();
        };
    bus.addOutboundInterceptor(note);
    try {
      reply =
          bus.request(inward.address(), inward.body(), inward.options().setSendTimeout(timeout));
    } finally {
      bus.removeOutboundInterceptor(note);
    }
  }

  /** What the consumer replies; null instead of a message's body once given up. */
  Future<Message<Object>> reply() {
    return reply;
  }

  /** Gives up: the bus forgets the request, and a late reply reaches nobody. */
  void giveUp() {
    if (replyAddress != null) {
      bus.send(replyAddress, null, HERE);
    }
  }
}
