package io.baozi.bus;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.frame.FrameLimits;
import io.baozi.frame.Header;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Map;

/** The operations on the event bus. Each answers its request once, now or through its session. */
final class Bridge {
  /** Carries one operation out. */
  @FunctionalInterface
  interface Action {
    void run(BridgeSession session, Request request);
  }

  private final EventBus bus;
  private final Permissions permissions;
  private final BridgeLimits limits;
  private final FrameLimits frames;
  private long lastSubscription;

  Bridge(EventBus bus, Permissions permissions, BridgeLimits limits) {
    this.bus = bus;
    this.permissions = permissions;
    this.limits = limits;
    this.frames = limits.frames();
  }

  Map<Operation, Action> actions() {
    return Map.of(
        Operation.BUS_REQUEST, this::request,
        Operation.BUS_SEND, this::send,
        Operation.BUS_PUBLISH, this::publish,
        Operation.BUS_SUBSCRIBE, this::subscribe,
        Operation.BUS_UNSUBSCRIBE, this::unsubscribe,
        Operation.CANCEL, this::cancel);
  }

  private Inward inward(Request request) {
    return Inward.read(request, permissions.in(), frames.maxMessage());
  }

  private void request(BridgeSession session, Request request) {
    long longest = limits.longestWait().toMillis();
    Inward inward = inward(request);
    long wait = request.arguments().millis("wait", longest, 0, longest);
    if (wait == 0) {
      session.await(request, write(inward), v -> unanswered(request), Bridge::leave);
      return;
    }
    Inquiry inquiry = new Inquiry(bus, inward, wait);
    session.await(
        request,
        inquiry.reply(),
        reply -> session.reply(request, Outward.of(reply, frames)),
        inquiry::giveUp);
  }

  /** No reply comes at once, so that a request that does not wait for it is sent and timed out. */
  private static Reply unanswered(Request request) {
    return request.refused(
        ErrorCode.TIMEOUT, "wait is 0: the request was sent, its reply was not awaited");
  }

  /** What was sent cannot be called back. */
  private static void leave() {}

  private Future<Void> write(Inward inward) {
    return bus.sender(inward.address(), inward.options()).write(inward.body());
  }

  private void send(BridgeSession session, Request request) {
    session.await(request, write(inward(request)), v -> request.ok(), Bridge::leave);
  }

  /** To publish where nobody listens is no error. */
  private void publish(BridgeSession session, Request request) {
    Inward inward = inward(request);
    Future<Void> published =
        bus.publisher(inward.address(), inward.options())
            .write(inward.body())
            .recover(
                e ->
                    e instanceof ReplyException failure
                            && failure.failureType() == ReplyFailure.NO_HANDLERS
                        ? Future.succeededFuture()
                        : Future.failedFuture(e));
    session.await(request, published, v -> request.ok(), Bridge::leave);
  }

  private void subscribe(BridgeSession session, Request request) {
    String address = Inward.address(request.arguments(), permissions.out(), "listen to");
    request.requireSize(frames.maxMessage());
    Map<Long, Subscription> subscriptions = session.subscriptions();
    if (subscriptions.size() >= limits.maxSubscriptions()) {
      throw new RefusedException(
          ErrorCode.TOO_LARGE,
          "the connection has " + subscriptions.size() + " subscriptions (maxSubscriptions)");
    }
    Subscription subscription = new Subscription(++lastSubscription, session, frames, bus, address);
    subscriptions.put(subscription.id(), subscription);
    session.await(
        request,
        subscription.registered().onFailure(e -> end(session, subscription.id())),
        v -> {
          subscription.open();
          return request.ok("sub", subscription.id());
        },
        () -> end(session, subscription.id()));
  }

  private void unsubscribe(BridgeSession session, Request request) {
    long sub = id(request, "sub", "of a subscription");
    request.requireSize(frames.maxMessage());
    session.send(
        end(session, sub)
            ? request.ok()
            : request.refused(ErrorCode.NOT_FOUND, "no subscription here has the id " + sub));
  }

  private static boolean end(BridgeSession session, long sub) {
    Subscription subscription = session.subscriptions().remove(sub);
    if (subscription != null) {
      subscription.end();
    }
    return subscription != null;
  }

  private void cancel(BridgeSession session, Request request) {
    long id = id(request, "request", "of a request that waits");
    request.requireSize(frames.maxMessage());
    session.send(
        session.end(id, ErrorCode.CANCELLED, "the request was cancelled while it waited")
            ? request.ok()
            : request.refused(ErrorCode.NOT_FOUND, "no request waits under the id " + id));
  }

  private static long id(Request request, String key, String of) {
    Arguments arguments = request.arguments();
    if (!arguments.has(key)) {
      throw badRequest(key + " is missing, it is the id " + of);
    }
    return arguments.integer(key, 0, 1, Header.MAX_INTEGER);
  }
}
