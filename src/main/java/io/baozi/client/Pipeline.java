package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The calls of the program, from any thread, on their way into the {@link Exchange}, as many as may
 * wait there.
 */
final class Pipeline {
  private final Home home;
  private final ClientOptions options;
  private final Exchange exchange;

  // On the context only.
  private Handler<Throwable> closeHandler = e -> {};
  private Throwable lost;

  Pipeline(Home home, ClientOptions options, Session session) {
    this.home = home;
    this.options = options;
    this.exchange = new Exchange(home, options, session, this::lost);
  }

  Exchange exchange() {
    return exchange;
  }

  void closeHandler(Handler<Throwable> handler) {
    home.run(
        () -> {
          closeHandler = handler;
          if (lost != null) {
            handler.handle(lost);
          }
        });
  }

  private void lost(Throwable cause) {
    lost = cause;
    closeHandler.handle(cause);
  }

  /**
   * Sends a request at the end of the tick.
   *
   * @param patience milliseconds that its answer may take once it is sent
   */
  Future<Reply> call(String op, Buffer body, long patience, Object... arguments) {
    Outgoing outgoing = Outgoing.of(op, body, patience, arguments);
    Promise<Reply> promise = home.promise();
    home.run(
        () -> {
          if (isOpen(promise)) {
            exchange.send(outgoing, 1).onComplete(promise);
          }
        });
    return promise.future();
  }

  /**
   * Sends a request at the end of the tick, which may be cancelled.
   *
   * @param reader makes a result of the answer, before anything behind that is looked at
   * @param undo gives back the result of a request that was done although it was cancelled; null if
   *     that is to stand
   */
  <T> Attempt<T> attempt(
      Outgoing outgoing, Function<Future<Reply>, Future<T>> reader, Consumer<T> undo) {
    Attempt<T> attempt = new Attempt<>(exchange, undo);
    home.run(
        () -> {
          if (isOpen(attempt.promise())) {
            attempt.begin(exchange.send(outgoing, 1), reader);
          }
        });
    return attempt;
  }

  /** What need not be asked, as if it had been. */
  <T> Future<T> known(T result) {
    return home.context().succeededFuture(result);
  }

  /** Adds a message to the batch that leaves at the end of the tick. */
  Future<Receipt> put(String queue, PutOptions how, Buffer body) {
    Promise<Receipt> promise = home.promise();
    home.run(
        () -> {
          if (isOpen(promise)) {
            exchange.puts(queue, how, body).add(how.key(), body, promise);
          }
        });
    return promise.future();
  }

  /**
   * Says, at the end of the tick, what becomes of messages; no more of them than a frame holds.
   *
   * @return of how many it became so
   */
  Future<Integer> settle(String queue, Verdict verdict, long... msgs) {
    Promise<Integer> promise = home.promise();
    home.run(
        () -> {
          if (isOpen(promise)) {
            exchange.verdicts(queue, verdict, msgs.length).add(msgs, promise, true);
          }
        });
    return promise.future();
  }

  /** Its future, alone, belongs to no context: whoever closes Vert.x next ends the context. */
  Future<Void> close() {
    Promise<Void> promise = Promise.promise();
    home.run(
        () -> {
          closeHandler = e -> {};
          exchange.close().onComplete(promise);
        });
    return promise.future();
  }

  /** Whether one more call may come; if not, its promise is failed. */
  private boolean isOpen(Promise<?> promise) {
    if (exchange.ended() != null) {
      promise.fail(exchange.ended());
      return false;
    }
    long open = (long) exchange.inFlight() + exchange.unsent();
    if (open >= (long) exchange.maxInFlight() + options.maxWaiting()) {
      promise.fail(busy());
      return false;
    }
    return true;
  }

  private RefusedException busy() {
    return new RefusedException(
        ErrorCode.BUSY,
        exchange.inFlight()
            + " requests are in flight (maxInFlight) and "
            + exchange.unsent()
            + " calls wait to be sent (maxWaiting)");
  }
}
