package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;
import java.util.function.Function;

/** A call that may wait on the server for long, and that the program may cancel meanwhile. */
public final class Attempt<T> {
  private final Exchange exchange;
  private final Consumer<T> undo;
  private final Promise<T> promise;

  // On the context only.
  private Future<Reply> answer;
  private boolean cancelled;

  /**
   * A call that is to begin.
   *
   * @param undo gives back the result if it was cancelled; null if that is to stand
   */
  Attempt(Exchange exchange, Consumer<T> undo) {
    this.exchange = exchange;
    this.undo = undo;
    this.promise = exchange.home().promise();
  }

  /** What comes of it. */
  public Future<T> future() {
    return promise.future();
  }

  /**
   * Cancels it, if it has not ended: the server is told, and the future completes once that has
   * answered, within the client's timeout. It fails with {@code cancelled}. If the server had done
   * it before, that is undone: a lock or permits are released, messages go back; but what was put
   * or counted, and a barrier that was passed, stays so, and the future tells it.
   */
  public void cancel() {
    exchange
        .home()
        .run(
            () -> {
              cancelled = true;
              if (answer != null) {
                exchange.cancel(answer);
              }
            });
  }

  Promise<T> promise() {
    return promise;
  }

  void begin(Future<Reply> answer, Function<Future<Reply>, Future<T>> reader) {
    this.answer = answer;
    if (cancelled) {
      exchange.cancel(answer);
    }
    reader.apply(answer).compose(this::granted).onComplete(promise);
  }

  private Future<T> granted(T result) {
    if (!cancelled || undo == null) {
      return Future.succeededFuture(result);
    }
    undo.accept(result);
    return Future.failedFuture(
        new RefusedException(ErrorCode.CANCELLED, "cancelled, and what it had brought went back"));
  }
}
