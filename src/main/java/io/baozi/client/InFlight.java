package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The calls that were sent and are not answered yet, by id. On the context only. */
final class InFlight {
  /** How often late calls are looked for, in milliseconds: their deadlines are no finer. */
  private static final long SWEEP = 100;

  private final Vertx vertx;
  private final Consumer<Call> late;
  private final Map<Long, Call> calls = new LinkedHashMap<>();
  private long sweeper = -1;

  /**
   * None yet.
   *
   * @param late gets each call whose answer took too long, once it has failed
   */
  InFlight(Vertx vertx, Consumer<Call> late) {
    this.vertx = vertx;
    this.late = late;
  }

  int size() {
    return calls.size();
  }

  /** Adds a call that is sent now. */
  void add(Call call) {
    calls.put(call.id(), call);
    if (sweeper < 0) {
      sweeper = vertx.setPeriodic(SWEEP, t -> sweep());
    }
  }

  /** The call of this id, null if there is none. */
  Call get(long id) {
    return calls.get(id);
  }

  /** The call of this id, which is in flight no longer; null if there is none. */
  Call remove(long id) {
    return calls.remove(id);
  }

  /** The call that this answer is awaited of; null if it is not in flight. */
  Call of(Future<Reply> answer) {
    for (Call call : calls.values()) {
      if (call.promise.future() == answer) {
        return call;
      }
    }
    return null;
  }

  /** All of them, to be sent again in the order in which they were sent. */
  List<Request> again(long now) {
    return calls.values().stream().map(call -> call.sendAgain(now)).toList();
  }

  /** All of them, which are in flight no longer. */
  List<Call> removeAll() {
    List<Call> all = new ArrayList<>(calls.values());
    calls.clear();
    stop();
    return all;
  }

  private void sweep() {
    if (calls.isEmpty()) {
      stop();
      return;
    }
    long now = System.nanoTime();
    for (Call call : calls.values().stream().filter(call -> call.isLate(now)).toList()) {
      if (calls.remove(call.id()) != null) {
        call.promise.fail(timeout(call));
        late.accept(call);
      }
    }
  }

  private void stop() {
    if (sweeper >= 0) {
      vertx.cancelTimer(sweeper);
      sweeper = -1;
    }
  }

  private static RefusedException timeout(Call call) {
    return new RefusedException(
        ErrorCode.TIMEOUT,
        "no answer to " + call.op() + " within " + call.outgoing.patience() + " ms");
  }
}
