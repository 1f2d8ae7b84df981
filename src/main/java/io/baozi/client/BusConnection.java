package io.baozi.client;

import io.baozi.bus.Arrival;
import io.baozi.bus.Departure;
import io.baozi.bus.ServiceBus;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.message.Service;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a socket is to a server outside: the way to the services of one inside the same JVM, and
 * back. On the context only.
 */
final class BusConnection {
  /** How long a close waits for the last words of the services, in milliseconds. */
  private static final long LAST_WORD = 1000;

  private final Vertx vertx;
  private final ServiceBus bus;
  private final String name = UUID.randomUUID().toString();
  private final String replyTo;
  private final MessageConsumer<?> consumer;

  /** Those that know of it and have not said their last. */
  private final Set<Service> open = EnumSet.noneOf(Service.class);

  /** Completes when no service has more for it. */
  private final Promise<Void> last = Promise.promise();

  private Handler<Departure> departures = departure -> {};

  /** A connection that the broker knows of. */
  BusConnection(Vertx vertx, ServiceBus bus) {
    this.vertx = vertx;
    this.bus = bus;
    this.replyTo = bus.addresses().replies(name);
    // The bus hands over on a duplicate of the context; what the program does here is on its own.
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    this.consumer = bus.await(replyTo, departure -> context.dispatch(departure, this::receive));
    open(Service.BROKER);
  }

  /** Who gets departures from now on, and tells that they were {@link Departure#written()}. */
  void onDeparture(Handler<Departure> handler) {
    departures = handler;
  }

  private void open(Service service) {
    if (open.add(service)) {
      bus.arrive(service, new Arrival.Opened(replyTo, name));
    }
  }

  /**
   * Sends requests to whoever carries them out, in order.
   *
   * @return refusals of those that are for clients outside
   */
  List<Reply> send(List<Request> requests) {
    List<Reply> refused = new ArrayList<>();
    Map<Service, List<Request>> batches = new EnumMap<>(Service.class);
    for (Request request : requests) {
      Service service = Operation.of(request.op()).map(Operation::service).orElse(Service.BROKER);
      if (service == Service.BRIDGE) {
        refused.add(
            request.refused(
                ErrorCode.UNKNOWN_OP,
                request.op() + " is for clients outside: here, use the event bus itself"));
      } else {
        batches.computeIfAbsent(service, s -> new ArrayList<>()).add(request);
      }
    }
    batches.forEach(
        (service, its) -> {
          open(service);
          bus.arrive(service, new Arrival.Requests(name, its));
        });
    return refused;
  }

  private void receive(Departure departure) {
    departures.handle(departure);
    if (departure.last()) {
      open.remove(departure.service());
      if (open.isEmpty()) {
        last.tryComplete();
      }
    }
  }

  /** Says that nothing more is asked; completes when nothing more comes. */
  Future<Void> close() {
    open.forEach(service -> bus.arrive(service, new Arrival.Closed(name)));
    // A server that has gone sends no last departure.
    long timer = vertx.setTimer(LAST_WORD, t -> last.tryComplete());
    return last.future()
        .compose(v -> consumer.unregister())
        .onComplete(v -> vertx.cancelTimer(timer));
  }
}
