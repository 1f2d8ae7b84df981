package io.baozi.client;

import io.baozi.frame.Header;
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
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<PutBatch.Key, PutBatch> batches = new LinkedHashMap<>();
  private Limits limits = new Limits(64 * 1024, 1024 * 1024, Integer.MAX_VALUE);
  private long lastId;
  private boolean flushing;
  private long sweeper = -1;
  private Throwable ended;
  private Handler<Throwable> closeHandler = e -> {};

  Pipeline(Vertx vertx, Context context, ClientOptions options, Link link) {
    this.vertx = vertx;
    this.context = context;
    this.options = options;
    this.link = link;
    link.onReply(this::receive);
    link.onClosed(this::end);
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
    onContext(() -> closeHandler = handler);
  }

  /**
   * Sends a request at the end of the tick.
   *
   * @param patience milliseconds that its answer may take once it is sent
   */
  Future<Reply> call(String op, Buffer body, long patience, Object... arguments) {
    Promise<Reply> promise = Promise.promise();
    onContext(() -> enqueue(op, body, patience, arguments).onComplete(promise));
    return promise.future();
  }

  /** Adds a message to the batch that leaves at the end of the tick. */
  Future<Receipt> put(PutBatch.Key key, Buffer body) {
    Promise<Receipt> promise = Promise.promise();
    onContext(() -> gather(key, body, promise));
    return promise.future();
  }

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
    if (ended != null) {
      promise.fail(ended);
      return;
    }
    PutBatch batch = batches.get(key);
    if (batch != null && !batch.hasRoom(body, limits)) {
      batches.remove(key);
      dispatch(batch);
      batch = null;
    }
    if (batch == null) {
      batch = new PutBatch(key);
      batches.put(key, batch);
    }
    batch.add(body, promise);
    flushLater();
  }

  private void dispatch(PutBatch batch) {
    enqueue(
            Operation.QUEUE_PUT.wire(),
            batch.body(),
            patience(batch.key().waitFor()),
            batch.arguments())
        .onComplete(batch::complete);
  }

  /** Milliseconds that a call of this wait may take. */
  long patience(java.time.Duration wait) {
    return wait.equals(ClientOptions.FOREVER)
        ? Long.MAX_VALUE
        : wait.toMillis() + options.timeout().toMillis();
  }

  private Future<Reply> enqueue(String op, Buffer body, long patience, Object... arguments) {
    if (ended != null) {
      return Future.failedFuture(ended);
    }
    if (inFlight.size() >= options.maxInFlight() && line.size() >= options.maxWaiting()) {
      return Future.failedFuture(
          new RefusedException(
              ErrorCode.BUSY,
              options.maxInFlight()
                  + " requests are in flight (maxInFlight) and "
                  + line.size()
                  + " wait to be sent (maxWaiting)"));
    }
    long id = ++lastId;
    Header header = Header.of("op", op, "id", id).with(arguments);
    Call call =
        new Call(
            new Request(id, op, header, body),
            patience == Long.MAX_VALUE ? patience : TimeUnit.MILLISECONDS.toNanos(patience));
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
    if (!batches.isEmpty() && inFlight.size() + line.size() < options.maxInFlight()) {
      List<PutBatch> gathered = List.copyOf(batches.values());
      batches.clear();
      gathered.forEach(this::dispatch);
      flushing = false;
    }
    List<Request> sending = new ArrayList<>();
    long now = System.nanoTime();
    while (!line.isEmpty() && inFlight.size() < options.maxInFlight()) {
      Call call = line.poll();
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
        reply.refusal().ifPresent(this::end);
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
    List<Call> late = inFlight.values().stream().filter(call -> call.isLate(now)).toList();
    for (Call call : late) {
      inFlight.remove(call.request.id());
      call.promise.fail(
          new RefusedException(
              ErrorCode.TIMEOUT,
              "no answer to "
                  + call.request.op()
                  + " within "
                  + TimeUnit.NANOSECONDS.toMillis(call.patience)
                  + " ms"));
      enqueue(
          Operation.CANCEL.wire(),
          Buffer.buffer(0),
          options.timeout().toMillis(),
          "request",
          call.request.id());
    }
    if (inFlight.isEmpty() && line.isEmpty()) {
      vertx.cancelTimer(sweeper);
      sweeper = -1;
    }
  }

  private void end(Throwable cause) {
    if (ended != null) {
      return;
    }
    ended = cause;
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
