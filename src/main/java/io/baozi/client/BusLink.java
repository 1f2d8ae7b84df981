package io.baozi.client;

import io.baozi.bus.Departure;
import io.baozi.bus.ServiceBus;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.message.Service;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A link over the event bus to a server inside the same JVM. */
final class BusLink implements Link {
  private final BusConnection connection;
  private Handler<Reply> replies;
  private Handler<Throwable> closed;

  private BusLink(BusConnection connection) {
    this.connection = connection;
    connection.onDeparture(this::receive);
  }

  static Link open(Vertx vertx, ServiceBus bus) {
    return new BusLink(new BusConnection(vertx, bus));
  }

  @Override
  public void send(List<Request> requests) {
    connection.send(requests).forEach(replies::handle);
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
    return connection.close();
  }

  private void receive(Departure departure) {
    departure.replies().forEach(replies::handle);
    if (departure.written() != null) {
      departure.written().run();
    }
    if (departure.last() && departure.service() == Service.BROKER) {
      gone("the server ended the session");
      connection.close();
    }
  }

  private void gone(String why) {
    Handler<Throwable> handler = closed;
    closed = e -> {};
    handler.handle(new IOException(why));
  }
}
