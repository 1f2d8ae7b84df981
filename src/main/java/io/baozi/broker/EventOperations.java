package io.baozi.broker;

import io.baozi.broker.sync.Event;
import io.baozi.broker.sync.Events;
import io.baozi.broker.sync.Registry;
import io.baozi.broker.sync.SyncWait;
import io.baozi.message.Arguments;
import io.baozi.message.Operation;
import io.baozi.message.Request;
import java.util.Map;

/** The operations on events. */
final class EventOperations {
  private final Broker broker;
  private final BrokerSettings settings;
  private final Coordination coordination;
  private final Events events;

  EventOperations(Broker broker, BrokerSettings settings, Coordination coordination) {
    this.broker = broker;
    this.settings = settings;
    this.coordination = coordination;
    this.events = coordination.events();
  }

  Map<Operation, Broker.Action> actions() {
    return Map.of(
        Operation.EVENT_SET, this::set,
        Operation.EVENT_CLEAR, this::clear,
        Operation.EVENT_GET, this::get,
        Operation.EVENT_WAIT, this::await);
  }

  private void set(Session session, Request request, long now) {
    String name = request.arguments().name("event");
    requireSize(request);
    if (events.find(name) == null) {
      coordination.requireMemory(Registry.memory(name));
    }
    broker.send(session, request.ok("set", true));
    events.made(name).set(now);
  }

  private void clear(Session session, Request request, long now) {
    Event event = events.find(request.arguments().name("event"));
    requireSize(request);
    if (event != null) {
      event.clear();
    }
    broker.send(session, request.ok("set", false));
  }

  private void get(Session session, Request request, long now) {
    Event event = events.find(request.arguments().name("event"));
    requireSize(request);
    broker.send(session, request.ok("set", event != null && event.isSet()));
  }

  private void await(Session session, Request request, long now) {
    Arguments arguments = request.arguments();
    String name = arguments.name("event");
    long deadline = Waits.deadline(arguments, now);
    requireSize(request);
    coordination.requireMemory(Registry.memory(name) + SyncWait.WAIT_MEMORY);
    Event event = events.made(name);
    EventRequest asks = new EventRequest(broker, session, event, request);
    event.await(asks, deadline, now);
    if (asks.isWaiting()) {
      session.waits(request.id(), asks);
    }
  }

  private void requireSize(Request request) {
    request.requireSize(settings.limits().maxMessage());
  }
}
