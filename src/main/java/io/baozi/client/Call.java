package io.baozi.client;

import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Promise;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request and what its answer completes. */
final class Call {
  /** What says what becomes of something: never waits, and is what others may wait for. */
  private static final Set<String> PASSING =
      Stream.of(
              Operation.QUEUE_ACK,
              Operation.QUEUE_NACK,
              Operation.QUEUE_TOUCH,
              Operation.QUEUE_CANCEL,
              Operation.LOCK_RELEASE,
              Operation.LOCK_TOUCH,
              Operation.SEMAPHORE_RELEASE,
              Operation.SEMAPHORE_TOUCH,
              Operation.EVENT_SET,
              Operation.EVENT_CLEAR,
              Operation.LATCH_CREATE,
              Operation.LATCH_COUNTDOWN,
              Operation.CANCEL)
          .map(Operation::wire)
          .collect(Collectors.toUnmodifiableSet());

  final Request request;
  final Promise<Reply> promise = Promise.promise();

  /** When it fails for want of an answer, by {@link System#nanoTime()}; set when sent. */
  long deadline;

  /** How long it may take once sent, in nanoseconds; {@link Long#MAX_VALUE} for ever. */
  long patience;

  /** How many calls of the program it carries: the puts of a batch, or one, or none. */
  final int calls;

  Call(Request request, long patience, int calls) {
    this.request = request;
    this.patience = patience;
    this.calls = calls;
  }

  /** Whether it is sent even when others are held back. */
  boolean isPassing() {
    return PASSING.contains(request.op());
  }

  /** Leaves the answer no more than this time from now, in nanoseconds. */
  void hurry(long now, long nanos) {
    patience = nanos;
    deadline = now + nanos;
  }

  boolean isLate(long now) {
    return patience != Long.MAX_VALUE && now - deadline >= 0;
  }
}
