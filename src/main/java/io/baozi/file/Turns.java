package io.baozi.file;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What one connection asks about each name, done in the order it was asked, whatever is done about
 * other names meanwhile. On the service's event loop.
 */
final class Turns {
  private final Executor loop;

  /** What was asked last about each name, until it is done. */
  private final Map<String, Future<?>> last = new HashMap<>();

  /**
   * Nothing has been asked.
   *
   * @param loop runs what it is given on the service's event loop, later
   */
  Turns(Executor loop) {
    this.loop = loop;
  }

  /** Does something about a name behind all that was asked about it before. */
  <T> Future<T> take(String name, Supplier<Future<T>> thing) {
    Future<?> before = last.get(name);
    Future<T> next = before == null ? thing.get() : behind(before, thing);
    if (!next.isComplete()) {
      last.put(name, next);
      next.onComplete(v -> last.remove(name, next));
    }
    return next;
  }

  /** Not called by the one before: a thousand of them would be a thousand calls deep. */
  private <T> Future<T> behind(Future<?> before, Supplier<Future<T>> thing) {
    Promise<T> promise = Promise.promise();
    before.onComplete(
        v ->
            loop.execute(
                () -> Future.succeededFuture().compose(x -> thing.get()).onComplete(promise)));
    return promise.future();
  }
}
