package io.baozi.client;

import io.baozi.message.Reply;
import io.vertx.core.AsyncResult;

/** Calls of one tick on one queue that are alike and travel in one frame. On the context only. */
abstract sealed class Batch permits PutBatch, VerdictBatch {
  private final String queue;

  Batch(String queue) {
    this.queue = queue;
  }

  final String queue() {
    return queue;
  }

  /** How many calls of the program it carries, those that the client makes itself not counted. */
  abstract int calls();

  abstract Outgoing outgoing(ClientOptions options);

  /** Gives every call its part of the answer. */
  final void complete(AsyncResult<Reply> result) {
    if (result.failed()) {
      fail(result.cause());
      return;
    }
    try {
      complete(result.result());
    } catch (RuntimeException e) {
      fail(Client.unreadable(result.result(), e));
    }
  }

  /** Throws, before any call has been told, if the answer cannot be read. */
  abstract void complete(Reply reply);

  abstract void fail(Throwable cause);
}
