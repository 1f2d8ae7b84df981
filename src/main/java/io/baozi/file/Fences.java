package io.baozi.file;

import io.baozi.bus.Arrival;
import io.baozi.bus.Departure;
import io.baozi.bus.ServiceBus;
import io.baozi.frame.Header;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.message.Service;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Asks the broker, which has the locks, whether fences hold; as a client of its own, opened when
 * the first is to be asked for. On the service's event loop.
 */
final class Fences {
  private static final Buffer EMPTY = Buffer.buffer(0);

  private final ServiceBus bus;
  private final String name = UUID.randomUUID().toString();
  private final Map<Long, Promise<Void>> asked = new HashMap<>();
  private MessageConsumer<?> answers;
  private long lastId;

  Fences(ServiceBus bus) {
    this.bus = bus;
  }

  /** Fails with {@code fenced} if the request has a fence that does not hold now. */
  Future<Void> require(Request request) {
    if (!request.arguments().has("fence")) {
      return Future.succeededFuture();
    }
    if (answers == null) {
      String replyTo = bus.addresses().replies(name);
      answers = bus.await(replyTo, this::receive);
      bus.arrive(Service.BROKER, new Arrival.Opened(replyTo, name));
    }
    long id = ++lastId;
    Promise<Void> promise = Promise.promise();
    asked.put(id, promise);
    bus.arrive(Service.BROKER, new Arrival.Requests(name, List.of(question(id, request))));
    return promise.future();
  }

  /**
   * Any operation that may change something is fenced. This one, the end of a subscription that is
   * not there, changes nothing and is then answered {@code not_found}.
   */
  private static Request question(long id, Request request) {
    String op = Operation.QUEUE_CANCEL.wire();
    Header header =
        Header.of("op", op, "sub", Header.MAX_INTEGER, "fence", request.header().get("fence"));
    return new Request(id, op, header, EMPTY);
  }

  private void receive(Departure departure) {
    departure.replies().forEach(this::receive);
    if (departure.written() != null) {
      departure.written().run();
    }
  }

  private void receive(Reply reply) {
    Promise<Void> promise = asked.remove(reply.id());
    if (promise == null) {
      return;
    }
    RefusedException refusal = reply.refusal().orElse(null);
    if (refusal == null || refusal.code() == ErrorCode.NOT_FOUND) {
      promise.complete();
    } else {
      promise.fail(refusal);
    }
  }

  /** Asks no more. */
  Future<?> close() {
    if (answers == null) {
      return Future.succeededFuture();
    }
    bus.arrive(Service.BROKER, new Arrival.Closed(name));
    asked
        .values()
        .forEach(
            promise ->
                promise.tryFail(
                    new RefusedException(ErrorCode.SHUTTING_DOWN, "the server is shutting down")));
    asked.clear();
    return answers.unregister();
  }
}
