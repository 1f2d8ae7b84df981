package io.baozi.client;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** What a test says in one tick of an event loop, and what it hears. */
final class Ticks {
  private Ticks() {}

  /** Says something in one tick. */
  static void inOneTick(Vertx vertx, Runnable action) {
    fromOneTick(
        vertx,
        () -> {
          action.run();
          return Future.succeededFuture();
        });
  }

  /** Says something in one tick and waits for what it comes to. */
  static <T> T fromOneTick(Vertx vertx, Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    vertx.runOnContext(v -> action.get().onComplete(promise));
    return await(promise.future());
  }

  /** Fails unless it was refused with this code. */
  static void refused(Future<?> future, ErrorCode code) {
    assertThatThrownBy(() -> await(future))
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
