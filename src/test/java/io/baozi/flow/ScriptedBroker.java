package io.baozi.flow;

import io.baozi.bus.Addresses;
import io.baozi.bus.Arrival;
import io.baozi.bus.Departure;
import io.baozi.bus.ServiceBus;
import io.baozi.frame.Json;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.message.Service;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * A server that refuses requests as it is told, and leaves those after them without answer. It
 * greets its clients, unless the first of the refusals is a timeout.
 */
final class ScriptedBroker {
  private static final Addresses ADDRESSES = new Addresses("scripted");

  private final Vertx vertx;
  private final ServiceBus bus;
  private final Deque<ErrorCode> refusals;
  private String replyTo;

  ScriptedBroker(Vertx vertx, ErrorCode... refusals) {
    this.vertx = vertx;
    this.bus = new ServiceBus(vertx, ADDRESSES);
    this.refusals = new ArrayDeque<>(List.of(refusals));
    bus.serve(Service.BROKER, this::receive);
  }

  void deploy(Deployable verticle) {
    Steamer.deployAt(vertx, ADDRESSES.prefix(), verticle);
  }

  private void receive(Arrival arrival) {
    if (arrival instanceof Arrival.Opened opened) {
      replyTo = opened.replyTo();
    } else if (arrival instanceof Arrival.Requests requests) {
      requests.requests().forEach(request -> answer(arrival.connection(), request));
    } else {
      bus.depart(replyTo, new Departure(Service.BROKER, arrival.connection(), List.of(), true));
    }
  }

  private void answer(String connection, Request request) {
    if (request.op().equals("hello") && refusals.peek() != ErrorCode.TIMEOUT) {
      depart(connection, request.ok("session", "s", "limits", limits()));
    } else if (!refusals.isEmpty()) {
      depart(connection, request.refused(refusals.poll(), "as told"));
    }
  }

  private static Json limits() {
    return Json.of(Map.of("maxHeader", 1024, "maxMessage", 1024, "maxInFlight", 16));
  }

  private void depart(String connection, Reply reply) {
    bus.depart(replyTo, new Departure(Service.BROKER, connection, List.of(reply), false));
  }

  /** Whether all refusals have been given. */
  boolean isThrough() {
    return refusals.isEmpty();
  }
}
