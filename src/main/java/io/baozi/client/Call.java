package io.baozi.client;

import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Promise;

/** A request and what its answer completes. */
final class Call {
  final Request request;
  final Promise<Reply> promise = Promise.promise();

  /** When it fails for want of an answer, by {@link System#nanoTime()}; set when sent. */
  long deadline;

  /** How long it may take once sent, in nanoseconds; {@link Long#MAX_VALUE} for ever. */
  final long patience;

  /** How many calls of the program it carries: the puts of a batch, or one, or none. */
  final int calls;

  Call(Request request, long patience, int calls) {
    this.request = request;
    this.patience = patience;
    this.calls = calls;
  }

  boolean isLate(long now) {
    return patience != Long.MAX_VALUE && now - deadline >= 0;
  }
}
