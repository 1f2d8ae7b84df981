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
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A link over the event bus to a server inside the same JVM. */
final class BusLink implements Link {
  /** How long a close waits for the server's last word, in milliseconds. */
  private static final long LAST_WORD = 1000;

  private final Vertx vertx;
  private final ServiceBus bus;

  /** Completes when the server has nothing more for this client. */
  private final Promise<Void> last = Promise.promise();

  private final String name = UUID.randomUUID().toString();
  private final MessageConsumer<Departure> consumer;
  private Handler<Reply> replies;
  private Handler<Throwable> closed;

  private BusLink(Vertx vertx, ServiceBus bus) {
    this.vertx = vertx;
    this.bus = bus;
    String replyTo = bus.addresses().replies(name);
    // The bus hands over on a duplicate of the context; what the program does here is on its own.
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    this.consumer = bus.await(replyTo, departure -> context.dispatch(departure, this::receive));
    bus.arrive(Service.BROKER, new Arrival.Opened(replyTo, name));
  }

  static Link open(Vertx vertx, ServiceBus bus) {
    return new BusLink(vertx, bus);
  }

  @Override
  public void send(List<Request> requests) {
    List<Request> inside = requests.stream().filter(request -> !isForOthers(request)).toList();
    if (!inside.isEmpty()) {
      bus.arrive(Service.BROKER, new Arrival.Requests(name, inside));
    }
    requests.stream()
        .filter(BusLink::isForOthers)
        .forEach(
            request ->
                replies.handle(
                    request.refused(
                        ErrorCode.UNKNOWN_OP,
                        request.op() + " is for clients outside: here, use the event bus itself")));
  }

  private static boolean isForOthers(Request request) {
    return Operation.of(request.op()).filter(o -> o.service() != Service.BROKER).isPresent();
  }

  @Override
  public void onReply(Handler<Reply> handler) {
    replies = handler;
  }

  @Override
  public void onClosed(Handler<Throwable> handler) {
    closed = handler;
  }

  /** Within a JVM nothing is cut. */
  @Override
  public void beat(Duration heartbeat) {}

  @Override
  public Future<Void> close() {
    gone("the client was closed");
    bus.arrive(Service.BROKER, new Arrival.Closed(name));
    // A server that has gone sends no last departure.
    long timer = vertx.setTimer(LAST_WORD, t -> last.tryComplete());
    return last.future()
        .compose(v -> consumer.unregister())
        .onComplete(v -> vertx.cancelTimer(timer));
  }

  private void receive(Departure departure) {
    departure.replies().forEach(replies::handle);
    if (departure.written() != null) {
      departure.written().run();
    }
    if (departure.last()) {
      gone("the server ended the session");
      last.tryComplete();
      consumer.unregister();
    }
  }

  private void gone(String why) {
    Handler<Throwable> handler = closed;
    closed = e -> {};
    handler.handle(new IOException(why));
  }
}
