package io.baozi.flow;

import io.vertx.core.Future;
import java.util.concurrent.Callable;

/** A call of a method that a user wrote: whatever it does, a future comes of it. */
final class Attempt {
  private Attempt() {}

  /** The method's future; failed with what it threw, or if it gave null. */
  static <T> Future<T> at(String method, Callable<? extends Future<? extends T>> call) {
    try {
      Future<? extends T> future = call.call();
      return future == null
          ? Future.failedFuture(new NullPointerException(method + " returned null, not a future"))
          : future.map(value -> value);
    } catch (Throwable thrown) {
      return Future.failedFuture(thrown);
    }
  }
}
