package io.baozi.client;

import io.baozi.message.Reply;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests that are not sent yet: two lines of them, and the batches that still fill, one a queue,
 * so that a queue keeps its order. On the context only.
 *
 * <p>Whoever only says what becomes of something never waits on the server. Such requests have a
 * line of their own, in which they pass those that are held back: an acknowledgement must get
 * through however many puts and takes wait.
 */
final class Outbox {
  private final ClientOptions options;
  private final ArrayDeque<Call> line = new ArrayDeque<>();
  private final ArrayDeque<Call> passing = new ArrayDeque<>();
  private final Map<String, Batch> batches = new LinkedHashMap<>();
  private long lastId;
  private int calls;

  Outbox(ClientOptions options) {
    this.options = options;
  }

  /** How many calls of the program are in line or in a batch, each put counted for itself. */
  int calls() {
    return calls;
  }

  /** How many requests are in line, those not counted that pass it. */
  int inLine() {
    return line.size();
  }

  /** Whether there is something to send, when others are held back or not. */
  boolean hasNext(boolean heldBack) {
    return !passing.isEmpty() || (!heldBack && !(line.isEmpty() && batches.isEmpty()));
  }

  /** The batch of a queue that still fills, null if there is none. */
  Batch batch(String queue) {
    return batches.get(queue);
  }

  /** Opens a batch; what was gathered for its queue before goes in line. */
  <B extends Batch> B open(B batch, Limits limits) {
    close(batch.queue(), limits);
    batches.put(batch.queue(), batch);
    return batch;
  }

  /** Counts a call that was added to a batch. */
  void count() {
    calls++;
  }

  /** Puts in line what was gathered for a queue; null: for any queue. */
  void close(String queue, Limits limits) {
    if (batches.isEmpty()) {
      return;
    }
    if (queue != null) {
      Batch batch = batches.remove(queue);
      if (batch != null) {
        add(batch, limits);
      }
      return;
    }
    List<Batch> all = new ArrayList<>(batches.values());
    batches.clear();
    all.forEach(batch -> add(batch, limits));
  }

  /** Puts in line what was gathered of that which passes others. */
  void closePassing(Limits limits) {
    for (Batch batch : List.copyOf(batches.values())) {
      if (batch instanceof VerdictBatch) {
        close(batch.queue(), limits);
      }
    }
  }

  private void add(Batch batch, Limits limits) {
    enqueue(batch.outgoing(options), batch.calls(), limits).onComplete(batch::complete);
  }

  /**
   * Puts a request in line, behind what was gathered for its queue.
   *
   * @param ofProgram how many calls of the program it carries
   */
  Future<Reply> add(Outgoing outgoing, int ofProgram, Limits limits) {
    close(outgoing.header().text("queue"), limits);
    calls += ofProgram;
    return enqueue(outgoing, ofProgram, limits);
  }

  private Future<Reply> enqueue(Outgoing outgoing, int counted, Limits limits) {
    if (outgoing.isTooLarge(limits)) {
      calls -= counted;
      return Future.failedFuture(outgoing.tooLarge(limits));
    }
    Call call = new Call(outgoing.request(++lastId), outgoing.nanos(), counted);
    (call.isPassing() ? passing : line).add(call);
    return call.promise.future();
  }

  /** The next to be sent, in the order made unless some are held back; null if there is none. */
  Call next(boolean heldBack) {
    Call call = isPassingNext(heldBack) ? passing.poll() : line.poll();
    if (call != null) {
      calls -= call.calls;
    }
    return call;
  }

  private boolean isPassingNext(boolean heldBack) {
    return heldBack
        || line.isEmpty()
        || (!passing.isEmpty() && passing.peek().request.id() < line.peek().request.id());
  }

  /** Takes out of the lines the call that this answer is awaited of; null if it is in none. */
  Call remove(Future<Reply> answer) {
    for (ArrayDeque<Call> calling : List.of(line, passing)) {
      for (Call call : calling) {
        if (call.promise.future() == answer) {
          calling.remove(call);
          calls -= call.calls;
          return call;
        }
      }
    }
    return null;
  }

  /** Forgets all and fails it. */
  void fail(Throwable cause) {
    List<Call> waiting = new ArrayList<>(line);
    waiting.addAll(passing);
    List<Batch> gathered = new ArrayList<>(batches.values());
    line.clear();
    passing.clear();
    batches.clear();
    calls = 0;
    waiting.forEach(call -> call.promise.fail(cause));
    gathered.forEach(batch -> batch.fail(cause));
  }
}
