package io.baozi.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.frame.Header;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.message.Service;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A connection as the bridge knows it, without a socket. */
final class BridgePeer {
  private static final Buffer EMPTY = Buffer.buffer(0);

  private final ServiceBus bus;
  private final String name;
  private final BlockingQueue<Departure> departures = new LinkedBlockingQueue<>();
  private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

  BridgePeer(ServiceBus bus, String name) {
    this.bus = bus;
    this.name = name;
    String replyTo = bus.addresses().replies(name);
    bus.await(replyTo, departures::add);
    bus.arrive(Service.BRIDGE, new Arrival.Opened(replyTo, name));
  }

  static Request request(long id, String op, Object... arguments) {
    return request(EMPTY, id, op, arguments);
  }

  static Request request(Buffer body, long id, String op, Object... arguments) {
    return new Request(id, op, Header.of("op", op).with(arguments), body);
  }

  void send(Request... requests) {
    bus.arrive(Service.BRIDGE, new Arrival.Requests(name, List.of(requests)));
  }

  void close() {
    bus.arrive(Service.BRIDGE, new Arrival.Closed(name));
  }

  /** The next departure, not told to be written. */
  Departure departure() throws InterruptedException {
    Departure departure = departures.poll(10, TimeUnit.SECONDS);
    assertThat(departure).as("a departure").isNotNull();
    return departure;
  }

  /** The next answer or push. */
  Reply reply() throws InterruptedException {
    while (replies.isEmpty()) {
      Departure departure = departure();
      replies.addAll(departure.replies());
      written(departure);
    }
    return replies.remove();
  }

  /** Tells the bridge that the peer has taken a departure. */
  static void written(Departure departure) {
    if (departure.written() != null) {
      departure.written().run();
    }
  }

  /** What a request is answered. */
  Reply ask(Request request) throws InterruptedException {
    send(request);
    Reply reply = reply();
    assertThat(reply.id()).isEqualTo(request.id());
    return reply;
  }

  /** With which error a request is answered. */
  String error(Request request) throws InterruptedException {
    return ask(request).header().text("error");
  }

  boolean hasNothing() {
    return replies.isEmpty() && departures.isEmpty();
  }
}
