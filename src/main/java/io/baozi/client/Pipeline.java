package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Requests on their way to one server: gathered in a tick, sent in one write, matched with answers
 * that come in any order. All fields belong to the context.
 */
final class Pipeline {
  /** How often late calls are looked for, in milliseconds: their deadlines are no finer. */
  private static final long SWEEP = 100;

  private final Vertx vertx;
  private final Context context;
  private final ClientOptions options;
  private final Link link;

  private final ArrayDeque<Call> line = new ArrayDeque<>();
  private final Map<Long, Call> inFlight = new LinkedHashMap<>();

  /** The puts of the tick, by queue: one batch a queue is open, so that a queue keeps its order. */
  private final Map<String, PutBatch> batches = new LinkedHashMap<>();

  /** Calls that are in line or in a batch, each put for itself. */
  private int unsent;

  private Limits limits = new Limits(64 * 1024, 1024 * 1024, Integer.MAX_VALUE);
  private long lastId;
  private boolean flushing;
  private long sweeper = -1;
  private Throwable ended;

  /** Whether it ended and {@link #close()} was not why. */
  private boolean lost;

  private Handler<Throwable> closeHandler = e -> {};

  Pipeline(Vertx vertx, Context context, ClientOptions options, Link link) {
    this.vertx = vertx;
    this.context = context;
    this.options = options;
    this.link = link;
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
   * Sends a request at the end of the tick.
   *
   * @param patience milliseconds that its answer may take once it is sent
   */
  Future<Reply> call(String op, Buffer body, long patience, Object... arguments) {
    Outgoing outgoing = Outgoing.of(op, body, patience, arguments);
    Promise<Reply> promise = promise();
    onContext(
        () -> {
          if (ended != null || isBusy()) {
            promise.fail(ended != null ? ended : busy());
            return;
          }
          dispatchBefore(outgoing.header().text("queue"));
          unsent++;
          enqueue(outgoing, 1).onComplete(promise);
        });
    return promise.future();
  }

  /**
   * A promise whose future's handlers run on the context, whoever adds them and when; what they
   * throw is reported there.
   */
  private <T> Promise<T> promise() {
    return ((ContextInternal) context).promise();
  }

  /** Adds a message to the batch that leaves at the end of the tick. */
  Future<Receipt> put(PutBatch.Key key, Buffer body) {
    Promise<Receipt> promise = promise();
    onContext(() -> gather(key, body, promise));
    return promise.future();
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

  private void onContext(Runnable action) {
    if (Vertx.currentContext() == context) {
      action.run();
    } else {
      context.runOnContext(v -> action.run());
    }
  }

  private void gather(PutBatch.Key key, Buffer body, Promise<Receipt> promise) {
    if (ended != null || isBusy()) {
      promise.fail(ended != null ? ended : busy());
      return;
    }
    PutBatch batch = batches.get(key.queue());
    if (batch != null && !(batch.key().equals(key) && batch.hasRoom(body, limits))) {
      dispatchBefore(key.queue());
      batch = null;
    }
    if (batch == null) {
      batch = new PutBatch(key);
      batches.put(key.queue(), batch);
    }
    batch.add(body, promise);
    unsent++;
    flushLater();
  }

  /** Puts what was put so far in line, before a call that concerns the queue; null: any queue. */
  private void dispatchBefore(String queue) {
    if (batches.isEmpty()) {
      return;
    }
    List<PutBatch> before =
        queue == null
            ? List.copyOf(batches.values())
            : Optional.ofNullable(batches.get(queue)).stream().toList();
    batches.values().removeAll(before);
    before.forEach(this::dispatch);
  }

  private void dispatch(PutBatch batch) {
    Outgoing outgoing =
        Outgoing.of(
            Operation.QUEUE_PUT.wire(),
            batch.body(),
            patience(batch.key().waitFor()),
            batch.arguments());
    enqueue(outgoing, batch.size()).onComplete(batch::complete);
  }

  /** Milliseconds that a call of this wait may take. */
  long patience(Duration wait) {
    return wait.equals(ClientOptions.FOREVER)
        ? Long.MAX_VALUE
        : wait.toMillis() + options.timeout().toMillis();
  }

  /** More than the server reads would only lie in the sockets, where no call can be cancelled. */
  private int maxInFlight() {
    int served = limits.maxInFlight();
    return served < 1 ? options.maxInFlight() : Math.min(options.maxInFlight(), served);
  }

  private boolean isBusy() {
    return (long) inFlight.size() + unsent >= (long) maxInFlight() + options.maxWaiting();
  }

  private RefusedException busy() {
    return new RefusedException(
        ErrorCode.BUSY,
        inFlight.size()
            + " requests are in flight (maxInFlight) and "
            + unsent
            + " calls wait to be sent (maxWaiting)");
  }

  /**
   * Puts a request in line.
   *
   * @param calls how many calls it is for, all of them counted as unsent
   */
  private Future<Reply> enqueue(Outgoing outgoing, int calls) {
    if (ended != null) {
      return Future.failedFuture(ended);
    }
    if (outgoing.isTooLarge(limits)) {
      unsent -= calls;
      return Future.failedFuture(outgoing.tooLarge(limits));
    }
    Call call = new Call(outgoing.request(++lastId), outgoing.nanos(), calls);
    line.add(call);
    flushLater();
    return call.promise.future();
  }

  private void flushLater() {
    if (!flushing) {
      flushing = true;
      context.runOnContext(v -> flush());
    }
  }

  /** Sends what has gathered, as far as the bound on requests in flight allows. */
  private void flush() {
    flushing = false;
    if (ended != null) {
      return;
    }
    if (inFlight.size() + line.size() < maxInFlight()) {
      dispatchBefore(null);
      flushing = false;
    }
    List<Request> sending = new ArrayList<>();
    long now = System.nanoTime();
    while (!line.isEmpty() && inFlight.size() < maxInFlight()) {
      Call call = line.poll();
      unsent -= call.calls;
      call.deadline = now + call.patience;
      inFlight.put(call.request.id(), call);
      sending.add(call.request);
    }
    if (!sending.isEmpty()) {
      if (sweeper < 0) {
        sweeper = vertx.setPeriodic(SWEEP, t -> sweep());
      }
      link.send(sending);
    }
  }

  private void receive(Reply reply) {
    if (reply.isPush()) {
      return;
    }
    Call call = inFlight.remove(reply.id());
    if (call == null) {
      if (reply.id() == 0) {
        reply.refusal().ifPresent(this::lose);
      }
      return;
    }
    reply.refusal().ifPresentOrElse(call.promise::fail, () -> call.promise.complete(reply));
    if (!line.isEmpty() || !batches.isEmpty()) {
      flushLater();
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    List<Call> calls = inFlight.values().stream().filter(call -> call.isLate(now)).toList();
    for (Call call : calls) {
      inFlight.remove(call.request.id());
      call.promise.fail(
          new RefusedException(
              ErrorCode.TIMEOUT,
              "no answer to "
                  + call.request.op()
                  + " within "
                  + TimeUnit.NANOSECONDS.toMillis(call.patience)
                  + " ms"));
      if (!call.request.op().equals(Operation.CANCEL.wire())) {
        long patience = options.timeout().toMillis();
        Object[] late = {"request", call.request.id()};
        enqueue(Outgoing.of(Operation.CANCEL.wire(), Buffer.buffer(0), patience, late), 0);
      }
    }
    if (inFlight.isEmpty() && line.isEmpty()) {
      vertx.cancelTimer(sweeper);
      sweeper = -1;
    }
  }

  private void lose(Throwable cause) {
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
    unsent = 0;
    if (sweeper >= 0) {
      vertx.cancelTimer(sweeper);
    }
    List<Call> open = new ArrayList<>(inFlight.values());
    open.addAll(line);
    inFlight.clear();
    line.clear();
    open.forEach(call -> call.promise.fail(cause));
    batches.values().forEach(batch -> batch.fail(cause));
    batches.clear();
    closeHandler.handle(cause);
  }
}
