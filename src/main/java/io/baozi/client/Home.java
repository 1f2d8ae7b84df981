package io.baozi.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.Callable;

/** The context that all of a client's state belongs to, and the way to it from any thread. */
record Home(Vertx vertx, ContextInternal context) {
  /** The current context. */
  static Home here(Vertx vertx) {
    return new Home(vertx, (ContextInternal) vertx.getOrCreateContext());
  }

  /**
   * Does something on the context: now, if this is it. What blocks for the context has it, too, and
   * another thread.
   */
  void run(Runnable action) {
    if (Vertx.currentContext() == context && context.inThread()) {
      action.run();
    } else {
      later(action);
    }
  }

  /** Does something on the context, in another tick. */
  void later(Runnable action) {
    context.runOnContext(v -> action.run());
  }

  /**
   * A promise whose future's handlers run on the context, whoever adds them and when; what they
   * throw is reported there.
   */
  <T> Promise<T> promise() {
    return context.promise();
  }

  /** Does what may block, on a worker; its future's handlers run on the context. */
  <T> Future<T> blocking(Callable<T> work) {
    return context.executeBlocking(work, false);
  }

  /** Reports a fault of the program, as the context does with those of its handlers. */
  void report(Throwable fault) {
    context.reportException(fault);
  }
}
