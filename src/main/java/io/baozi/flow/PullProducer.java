package io.baozi.flow;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.lang.System.Logger.Level;

/**
 * A producer that is asked for one message after the other: for the next only once the queue has
 * the last, so that it makes nothing ahead of what its consumers can take.
 */
public abstract class PullProducer extends Producer {
  /** Until a put is tried again that the server was too busy for, in milliseconds. */
  private static final long PAUSE = 1000;

  /** For subclasses. */
  protected PullProducer() {}

  /**
   * The next message. Called again once the queue has it.
   *
   * @return completes with null if there are no more; a failure ends the producer with an error in
   *     the log
   */
  protected abstract Future<Buffer> next();

  @Override
  final void run() {
    if (!isOver()) {
      Future<Buffer> next = Attempt.at("next", this::next);
      next.onComplete(pulled -> session().run(() -> pulled(pulled)));
    }
  }

  private void pulled(AsyncResult<Buffer> pulled) {
    if (isOver()) {
      return;
    }
    if (pulled.failed()) {
      quit(Level.ERROR, "stops: it has no next message", pulled.cause());
    } else if (pulled.result() == null) {
      quit(
          Level.INFO,
          "is done: queue " + settings().queue() + " has its " + accepted() + " messages",
          null);
    } else {
      offer(pulled.result());
    }
  }

  private void offer(Buffer message) {
    if (!isOver()) {
      put(message).onSuccess(receipt -> run()).onFailure(e -> refused(message, e));
    }
  }

  private void refused(Buffer message, Throwable cause) {
    if (isOver()) {
      return;
    }
    if (FlowSession.isPassing(cause)) {
      log().log(Level.WARNING, settings().name() + " tries again: " + cause.getMessage());
      vertx.setTimer(PAUSE, timer -> offer(message));
    } else {
      quit("stops: queue " + settings().queue() + " refused its message", cause);
    }
  }
}
