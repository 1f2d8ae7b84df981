package io.baozi.client;

import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
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
  private final Limits limits;
  private final ArrayDeque<Call> line = new ArrayDeque<>();
  private final ArrayDeque<Call> passing = new ArrayDeque<>();
  private final Map<String, Batch> batches = new LinkedHashMap<>();
  private long lastPlace;
  private int calls;

  Outbox(ClientOptions options, Limits limits) {
    this.options = options;
    this.limits = limits;
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

  /** The batch that a put of the program is to be added to. */
  PutBatch puts(String queue, PutOptions how, Buffer body) {
    calls++;
    return batches.get(queue) instanceof PutBatch open && open.accepts(how, body, limits)
        ? open
        : open(new PutBatch(queue, how));
  }

  /**
   * The batch that a verdict is to be added to.
   *
   * @param ofProgram how many calls of the program the verdict is: one, or none
   */
  VerdictBatch verdicts(String queue, Verdict verdict, int messages, int ofProgram) {
    calls += ofProgram;
    return batches.get(queue) instanceof VerdictBatch open
            && open.accepts(verdict, messages, limits)
        ? open
        : open(new VerdictBatch(queue, verdict));
  }

  /** Opens a batch; what was gathered for its queue before goes in line. */
  private <B extends Batch> B open(B batch) {
    close(batch.queue());
    batches.put(batch.queue(), batch);
    return batch;
  }

  /** Puts in line what was gathered for a queue; null: for any queue. */
  void close(String queue) {
    if (batches.isEmpty()) {
      return;
    }
    if (queue != null) {
      Batch batch = batches.remove(queue);
      if (batch != null) {
        add(batch);
      }
      return;
    }
    List<Batch> all = new ArrayList<>(batches.values());
    batches.clear();
    all.forEach(batch -> add(batch));
  }

  /** Puts in line what was gathered of that which passes others. */
  void closePassing() {
    for (Batch batch : List.copyOf(batches.values())) {
      if (batch instanceof VerdictBatch) {
        close(batch.queue());
      }
    }
  }

  private void add(Batch batch) {
    enqueue(batch.outgoing(options), batch.calls()).onComplete(batch::complete);
  }

  /**
   * Puts a request in line, behind what was gathered for its queue.
   *
   * @param ofProgram how many calls of the program it carries
   */
  Future<Reply> add(Outgoing outgoing, int ofProgram) {
    close(outgoing.header().text("queue"));
    calls += ofProgram;
    return enqueue(outgoing, ofProgram);
  }

  private Future<Reply> enqueue(Outgoing outgoing, int counted) {
    if (outgoing.isTooLarge(limits)) {
      calls -= counted;
      return Future.failedFuture(outgoing.tooLarge(limits));
    }
    Call call = new Call(outgoing, ++lastPlace, counted);
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
        || (!passing.isEmpty() && passing.peek().place < line.peek().place);
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
