package io.baozi.bus;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.Request;
import io.baozi.message.Service;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The bridge by which clients reach permitted addresses of the event bus, and so the verticles of
 * the program around the server: consume an address, permit it. One instance for each server; all
 * its fields belong to its event loop.
 *
 * <p>A consumer receives the body as a Buffer and the headers as strings, and replies with whatever
 * {@link Outward} has a form for. What a consumer throws is reported in its own context and never
 * reaches who sent the message, on this bus as on any other: a client then waits until its {@code
 * wait} runs out, or for ever if it named none. So a consumer catches what it may throw, and
 * answers {@link io.vertx.core.eventbus.Message#fail}.
 */
public final class BridgeVerticle extends VerticleBase {
  private final ServiceBus bus;
  private final Permissions permissions;
  private final BridgeLimits limits;
  private final Unread unread;
  private final Map<String, BridgeSession> sessions = new HashMap<>();

  /** The sessions that have something to send at the end of the tick. */
  private List<BridgeSession> dirty = new ArrayList<>();

  private Map<Operation, Bridge.Action> actions = Map.of();
  private MessageConsumer<Arrival> consumer;
  private boolean draining;

  /**
   * A bridge for the clients whose requests come over this bus.
   *
   * @throws IllegalArgumentException if the permissions name one of the server's own addresses
   */
  public BridgeVerticle(ServiceBus bus, Permissions permissions, BridgeLimits limits) {
    this.bus = Objects.requireNonNull(bus, "bus");
    this.permissions = Objects.requireNonNull(permissions, "permissions");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.unread = new Unread(limits.memory());
    permissions.requireNoneOf(bus.addresses());
  }

  @Override
  public Future<?> start() {
    actions = new Bridge(vertx.eventBus(), permissions, limits).actions();
    consumer = bus.serve(Service.BRIDGE, this::receive);
    return consumer.completion();
  }

  @Override
  public Future<?> stop() {
    sessions.values().forEach(BridgeSession::end);
    sessions.clear();
    flush();
    return consumer.unregister();
  }

  /**
   * From now on every request is answered {@code shutting_down}, those that wait included.
   * Subscriptions last as long as their connections.
   *
   * @return completes once these answers are on their way
   */
  public Future<Void> drain() {
    Promise<Void> promise = Promise.promise();
    context.runOnContext(
        v -> {
          draining = true;
          sessions
              .values()
              .forEach(
                  session ->
                      session.endWaits(
                          ErrorCode.SHUTTING_DOWN,
                          "the server is shutting down, the reply is no longer awaited"));
          flush();
          promise.complete();
        });
    return promise.future();
  }

  private void receive(Arrival arrival) {
    if (arrival instanceof Arrival.Opened opened) {
      sessions.put(
          opened.connection(),
          new BridgeSession(opened, limits.maxUnread(), unread, this::becameDirty));
    } else if (arrival instanceof Arrival.Requests requests) {
      BridgeSession session = sessions.get(requests.connection());
      if (session != null) {
        requests.requests().forEach(request -> carryOut(session, request));
      }
    } else if (arrival instanceof Arrival.Closed closed) {
      BridgeSession session = sessions.remove(closed.connection());
      if (session != null) {
        session.end();
      }
    }
  }

  private void carryOut(BridgeSession session, Request request) {
    Bridge.Action action = Operation.of(request.op()).map(actions::get).orElse(null);
    if (action == null) {
      session.send(
          request.refused(ErrorCode.UNKNOWN_OP, "no operation is called that on the event bus"));
    } else if (draining) {
      session.send(request.refused(ErrorCode.SHUTTING_DOWN, "the server is shutting down"));
    } else {
      try {
        requireNeitherFenceNorAgain(request);
        action.run(session, request);
      } catch (RuntimeException e) {
        session.send(Failures.answer(request, e));
      }
    }
  }

  /**
   * Better refused than passed over: the locks are another service's, and no answers are kept, so
   * that what may have been sent before would be sent twice.
   */
  private static void requireNeitherFenceNorAgain(Request request) {
    if (request.arguments().has("fence")) {
      throw badRequest("fence is not known to the event bus, only to the broker");
    }
    if (request.arguments().flag("again")) {
      throw badRequest("again is true, what goes to the event bus is not kept to be sent again");
    }
  }

  private void becameDirty(BridgeSession session) {
    dirty.add(session);
    if (dirty.size() == 1) {
      context.runOnContext(v -> flush());
    }
  }

  private void flush() {
    List<BridgeSession> sending = dirty;
    dirty = new ArrayList<>();
    for (BridgeSession session : sending) {
      bus.depart(session.replyTo(), session.depart(task -> context.runOnContext(v -> task.run())));
    }
  }
}
