package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request and what its answer completes. On the context only. */
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

  final Outgoing outgoing;
  final Promise<Reply> promise = Promise.promise();

  /** Its place among all calls, in the order made. */
  final long place;

  /**
   * How long it may take since it was sent first, in nanoseconds; {@link Long#MAX_VALUE} for ever.
   */
  private long patience;

  /** How many calls of the program it carries: the puts of a batch, or one, or none. */
  final int calls;

  /** Its id, once it is sent. */
  private long id;

  /** When it was sent first, by {@link System#nanoTime()}. */
  private long sent;

  private boolean again;
  private boolean cancelled;

  Call(Outgoing outgoing, long place, int calls) {
    this.outgoing = outgoing;
    this.patience = outgoing.nanos();
    this.place = place;
    this.calls = calls;
  }

  /** The request, which is sent now. */
  Request send(long id, long now) {
    this.id = id;
    this.sent = now;
    return outgoing.request(id);
  }

  /** The request once more, which is sent now because its answer may be lost. */
  Request sendAgain(long now) {
    again = true;
    return outgoing.again(id, TimeUnit.NANOSECONDS.toMillis(now - sent));
  }

  long id() {
    return id;
  }

  String op() {
    return outgoing.op();
  }

  /** Whether it is sent even when others are held back. */
  boolean isPassing() {
    return PASSING.contains(op());
  }

  /** The program wants it cancelled, and waits for the answer no longer than this. */
  void cancel(long now, long nanos) {
    cancelled = true;
    patience = now - sent + nanos;
  }

  boolean isCancelled() {
    return cancelled;
  }

  boolean isLate(long now) {
    return patience != Long.MAX_VALUE && now - sent >= patience;
  }

  /** Ends with an answer. */
  void answer(Reply reply) {
    reply
        .refusal()
        .ifPresentOrElse(
            refusal -> promise.fail(again ? afterCut(refusal) : refusal),
            () -> promise.complete(reply));
  }

  /** So the server says that it no longer knows whether it has done it. */
  private Throwable afterCut(RefusedException refusal) {
    return refusal.code() == ErrorCode.CONFLICT
        ? new IOException(
            "the connection was cut, and whether "
                + op()
                + " was done is unknown: "
                + refusal.getMessage(),
            refusal)
        : refusal;
  }
}
