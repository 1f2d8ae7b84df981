package io.baozi.bus;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.Request;
import io.baozi.message.Service;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
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
  private final Permissions permissions;
  private final BridgeLimits limits;
  private final ServiceHost<BridgeSession> host;
  private Map<Operation, Bridge.Action> actions = Map.of();

  /**
   * A bridge for the clients whose requests come over this bus.
   *
   * @throws IllegalArgumentException if the permissions name one of the server's own addresses
   */
  public BridgeVerticle(ServiceBus bus, Permissions permissions, BridgeLimits limits) {
    this.permissions = Objects.requireNonNull(permissions, "permissions");
    this.limits = Objects.requireNonNull(limits, "limits");
    Unread unread = new Unread(limits.memory());
    this.host =
        new ServiceHost<>(
            bus,
            Service.BRIDGE,
            (opened, dirty) -> new BridgeSession(opened, limits.maxUnread(), unread, dirty),
            this::carryOut);
    permissions.requireNoneOf(bus.addresses());
  }

  @Override
  public Future<?> start() {
    actions = new Bridge(vertx.eventBus(), permissions, limits).actions();
    return host.start(context);
  }

  @Override
  public Future<?> stop() {
    return host.stop();
  }

  /**
   * From now on every request is answered {@code shutting_down}, those that wait included.
   * Subscriptions last as long as their connections.
   *
   * @return completes once these answers are on their way
   */
  public Future<Void> drain() {
    return host.drain(
        session ->
            session.endWaits(
                ErrorCode.SHUTTING_DOWN,
                "the server is shutting down, the reply is no longer awaited"));
  }

  private void carryOut(BridgeSession session, Request request) {
    Bridge.Action action = Operation.of(request.op()).map(actions::get).orElse(null);
    if (action == null) {
      session.send(
          request.refused(ErrorCode.UNKNOWN_OP, "no operation is called that on the event bus"));
    } else if (host.isDraining()) {
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
}
