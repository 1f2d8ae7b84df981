package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.broker.sync.Barrier;
import io.baozi.broker.sync.Barriers;
import io.baozi.broker.sync.Registry;
import io.baozi.broker.sync.SyncWait;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;
import java.util.Map;

/** The operation on barriers. */
final class BarrierOperations {
  private final Broker broker;
  private final BrokerSettings settings;
  private final Coordination coordination;
  private final Barriers barriers;

  BarrierOperations(Broker broker, BrokerSettings settings, Coordination coordination) {
    this.broker = broker;
    this.settings = settings;
    this.coordination = coordination;
    this.barriers = coordination.barriers();
  }

  Map<Operation, Broker.Action> actions() {
    return Map.of(Operation.BARRIER_AWAIT, this::await);
  }

  private void await(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    String name = arguments.name("barrier");
    int parties = parties(arguments, name);
    long deadline = Waits.deadline(arguments, now);
    request.requireSize(settings.limits().maxMessage());
    coordination.requireMemory(Registry.memory(name) + SyncWait.WAIT_MEMORY);
    Barrier barrier = barriers.made(name, parties);
    BarrierRequest asks = new BarrierRequest(broker, session, barrier, request);
    barrier.await(asks, deadline, now);
    if (asks.isWaiting()) {
      session.waits(request.id(), asks);
    }
  }

  private int parties(Arguments arguments, String name) {
    if (!arguments.has("parties")) {
      throw badRequest("parties is missing, it is how many are to meet at the barrier");
    }
    int parties = (int) arguments.integer("parties", 1, 1, Ranges.PARTIES);
    Barrier barrier = barriers.find(name);
    if (barrier != null && barrier.parties() != parties) {
      throw new RefusedException(
          ErrorCode.CONFLICT,
          "barrier " + name + " is for " + barrier.parties() + " parties, not " + parties);
    }
    return parties;
  }
}
