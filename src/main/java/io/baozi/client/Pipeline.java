package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Completable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests on their way to one server: gathered in a tick, sent in one write, matched with answers
 * that come in any order. All fields belong to the context.
 */
final class Pipeline {
  private static final Buffer EMPTY = Buffer.buffer(0);

  private final Vertx vertx;
  private final ContextInternal context;
  private final ClientOptions options;
  private final Link link;
  private final Outbox outbox;
  private final InFlight inFlight;
  private final LateAnswers late = new LateAnswers(this);
  private final Subscriptions subscriptions = new Subscriptions(this);

  private Limits limits = new Limits(64 * 1024, 1024 * 1024, Integer.MAX_VALUE);
  private boolean flushing;
  private Throwable ended;

  /** Whether it ended and {@link #close()} was not why. */
  private boolean lost;

  private Handler<Throwable> closeHandler = e -> {};

  Pipeline(Vertx vertx, Context context, ClientOptions options, Link link) {
    this.vertx = vertx;
    this.context = (ContextInternal) context;
    this.options = options;
    this.link = link;
    this.outbox = new Outbox(options);
    this.inFlight = new InFlight(vertx, this::giveUp);
    link.onReply(this::receive);
    link.onClosed(this::lose);
  }

  void limits(Limits limits) {
    this.limits = limits;
  }

  Limits limits() {
    return limits;
  }

  ClientOptions options() {
    return options;
  }

  Vertx vertx() {
    return vertx;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  void closeHandler(Handler<Throwable> handler) {
    onContext(
        () -> {
          closeHandler = handler;
          if (lost) {
            handler.handle(ended);
          }
        });
  }

  /**
   * A promise whose future's handlers run on the context, whoever adds them and when; what they
   * throw is reported there.
   */
  <T> Promise<T> promise() {
    return context.promise();
  }

  /** Does something on the context: now, if this is it. */
  void onContext(Runnable action) {
    if (Vertx.currentContext() == context) {
      action.run();
    } else {
      context.runOnContext(v -> action.run());
    }
  }

  /** Reports a fault of the program, as the context does with those of its handlers. */
  void report(Throwable fault) {
    context.reportException(fault);
  }

  /**
   * Sends a request at the end of the tick.
   *
   * @param patience milliseconds that its answer may take once it is sent
   */
  Future<Reply> call(String op, Buffer body, long patience, Object... arguments) {
    Outgoing outgoing = Outgoing.of(op, body, patience, arguments);
    Promise<Reply> promise = promise();
    onContext(
        () -> {
          if (isOpen(promise)) {
            enqueue(outgoing, 1).onComplete(promise);
          }
        });
    return promise.future();
  }

  /**
   * Sends a request of the client's own, which no bound holds up. On the context only; its future
   * completes as soon as the answer is there, before what came behind it is looked at.
   */
  Future<Reply> ask(Operation operation, Object... arguments) {
    return ended != null
        ? Future.failedFuture(ended)
        : enqueue(Outgoing.of(operation.wire(), EMPTY, options.timeout().toMillis(), arguments), 0);
  }

  /** Adds a message to the batch that leaves at the end of the tick. */
  Future<Receipt> put(String queue, PutOptions how, Buffer body) {
    Promise<Receipt> promise = promise();
    onContext(
        () -> {
          if (isOpen(promise)) {
            gather(queue, how, body, promise);
          }
        });
    return promise.future();
  }

  private void gather(String queue, PutOptions how, Buffer body, Promise<Receipt> promise) {
    PutBatch batch =
        outbox.batch(queue) instanceof PutBatch open && open.accepts(how, body, limits)
            ? open
            : outbox.open(new PutBatch(queue, how), limits);
    batch.add(how.key(), body, promise);
    outbox.count();
    flushLater();
  }

  /**
   * Says, at the end of the tick, what becomes of messages; no more of them than a frame holds.
   *
   * @return of how many it became so
   */
  Future<Integer> settle(String queue, Verdict verdict, long... msgs) {
    Promise<Integer> promise = promise();
    onContext(
        () -> {
          if (isOpen(promise)) {
            verdicts(queue, verdict, msgs.length).add(msgs, promise, true);
            outbox.count();
          }
        });
    return promise.future();
  }

  /** The same of one message for the client itself, which no bound holds up; on the context. */
  void settle(String queue, Verdict verdict, long msg, Completable<Integer> caller) {
    if (ended != null) {
      caller.fail(ended);
    } else {
      verdicts(queue, verdict, 1).add(msg, caller, false);
    }
  }

  private VerdictBatch verdicts(String queue, Verdict verdict, int more) {
    flushLater();
    return outbox.batch(queue) instanceof VerdictBatch open && open.accepts(verdict, more, limits)
        ? open
        : outbox.open(new VerdictBatch(queue, verdict), limits);
  }

  /** Gives back, at once, the messages of a frame that nobody waits for. */
  void giveBack(Reply reply) {
    try {
      Deliveries deliveries = Deliveries.of(reply);
      for (long msg : deliveries.msgs()) {
        // Whether the server still counted them as ours makes no difference to anybody.
        settle(deliveries.queue(), Verdict.RETURN, msg, (held, failure) -> {});
      }
    } catch (RuntimeException e) {
      lose(Client.unreadable(reply, e));
    }
  }

  /** Its future, alone, belongs to no context: whoever closes Vert.x next ends the context. */
  Future<Void> close() {
    Promise<Void> promise = Promise.promise();
    onContext(
        () -> {
          closeHandler = e -> {};
          end(new IOException("the client was closed"));
          link.close().onComplete(promise);
        });
    return promise.future();
  }

  /** More than the server reads would only lie in the sockets, where no call can be cancelled. */
  private int maxInFlight() {
    int served = limits.maxInFlight();
    return served < 1 ? options.maxInFlight() : Math.min(options.maxInFlight(), served);
  }

  /** Whether one more call may come; if not, its promise is failed. */
  private boolean isOpen(Promise<?> promise) {
    if (ended != null) {
      promise.fail(ended);
    } else if ((long) inFlight.size() + outbox.calls()
        >= (long) maxInFlight() + options.maxWaiting()) {
      promise.fail(busy());
    } else {
      return true;
    }
    return false;
  }

  private RefusedException busy() {
    return new RefusedException(
        ErrorCode.BUSY,
        inFlight.size()
            + " requests are in flight (maxInFlight) and "
            + outbox.calls()
            + " calls wait to be sent (maxWaiting)");
  }

  private Future<Reply> enqueue(Outgoing outgoing, int calls) {
    flushLater();
    return outbox.add(outgoing, calls, limits);
  }

  private void flushLater() {
    if (!flushing) {
      flushing = true;
      context.runOnContext(v -> flush());
    }
  }

  private void flush() {
    try {
      if (ended == null) {
        send();
      }
    } finally {
      flushing = false;
    }
    goOn();
  }

  /** Sends what has gathered, as far as the bound on requests in flight allows. */
  private void send() {
    if (inFlight.size() + outbox.inLine() < maxInFlight()) {
      outbox.close(null, limits);
    }
    List<Request> sending = new ArrayList<>();
    long now = System.nanoTime();
    while (inFlight.size() < maxInFlight() && outbox.inLine() > 0) {
      Call call = outbox.next();
      inFlight.add(call, now);
      sending.add(call.request);
    }
    if (!sending.isEmpty()) {
      link.send(sending);
    }
  }

  /** Sends what had to wait, if there is room now. */
  private void goOn() {
    if (!outbox.isEmpty() && inFlight.size() < maxInFlight()) {
      flushLater();
    }
  }

  private void receive(Reply reply) {
    if (ended != null) {
      return;
    }
    if (reply.isPush()) {
      subscriptions.receive(reply);
      return;
    }
    Call call = inFlight.remove(reply.id());
    if (call != null) {
      reply.refusal().ifPresentOrElse(call.promise::fail, () -> call.promise.complete(reply));
      goOn();
    } else if (reply.id() == 0) {
      reply.refusal().ifPresent(this::lose);
    } else {
      late.receive(reply);
    }
  }

  private void giveUp(Call call) {
    if (ended == null && !call.request.op().equals(Operation.CANCEL.wire())) {
      late.await(call);
      ask(Operation.CANCEL, "request", call.request.id());
    }
    if (ended == null) {
      goOn();
    }
  }

  /** Ends it for a reason that the program is told. */
  void lose(Throwable cause) {
    if (ended == null) {
      lost = true;
      end(cause);
      link.close();
    }
  }

  private void end(Throwable cause) {
    if (ended != null) {
      return;
    }
    ended = cause;
    List<Call> open = inFlight.removeAll();
    open.forEach(call -> call.promise.fail(cause));
    outbox.fail(cause);
    subscriptions.end(cause);
    closeHandler.handle(cause);
  }
}
