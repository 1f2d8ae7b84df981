package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.broker.sync.Latch;
import io.baozi.broker.sync.Latches;
import io.baozi.broker.sync.Registry;
import io.baozi.broker.sync.SyncWait;
import io.baozi.frame.Header;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;
import java.util.Map;

/** The operations on latches. */
final class LatchOperations {
  private final Broker broker;
  private final BrokerSettings settings;
  private final Coordination coordination;
  private final Latches latches;

  LatchOperations(Broker broker, BrokerSettings settings, Coordination coordination) {
    this.broker = broker;
    this.settings = settings;
    this.coordination = coordination;
    this.latches = coordination.latches();
  }

  Map<Operation, Broker.Action> actions() {
    return Map.of(
        Operation.LATCH_CREATE, this::create,
        Operation.LATCH_AWAIT, this::await,
        Operation.LATCH_COUNTDOWN, this::countDown,
        Operation.LATCH_DELETE, this::delete);
  }

  private void create(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    String name = arguments.name("latch");
    if (!arguments.has("count")) {
      throw badRequest("count is missing, it is how often the latch is to be counted down");
    }
    long count = arguments.integer("count", 0, 0, Header.MAX_INTEGER);
    requireSize(request);
    Latch latch = latches.find(name);
    if (latch == null) {
      coordination.requireMemory(Registry.memory(name));
      latch = latches.created(name, count);
    } else if (latch.created() != count) {
      throw new RefusedException(
          ErrorCode.CONFLICT,
          "latch " + name + " was created with the count " + latch.created() + ", not " + count);
    }
    broker.send(session, request.ok("count", latch.count()));
  }

  private void await(Session session, Request request, long now) {
    Latch latch = named(request);
    long deadline = Waits.deadline(request.arguments(), now);
    requireSize(request);
    coordination.requireMemory(SyncWait.WAIT_MEMORY);
    LatchRequest asks = new LatchRequest(broker, session, latch, request);
    latch.await(asks, deadline, now);
    if (asks.isWaiting()) {
      session.waits(request.id(), asks);
    }
  }

  private void countDown(Session session, Request request, long now) {
    Latch latch = named(request);
    long by = request.arguments().integer("by", 1, 1, Header.MAX_INTEGER);
    requireSize(request);
    broker.send(session, request.ok("count", latch.countDown(by)));
    latch.settle(now);
  }

  private void delete(Session session, Request request, long now) {
    Latch latch = named(request);
    requireSize(request);
    latch.delete(now);
    broker.send(session, request.ok());
  }

  private Latch named(Request request) {
    String name = request.arguments().name("latch");
    Latch latch = latches.find(name);
    if (latch == null) {
      throw new RefusedException(ErrorCode.NOT_FOUND, "no latch is called " + name);
    }
    return latch;
  }

  private void requireSize(Request request) {
    request.requireSize(settings.limits().maxMessage());
  }
}
