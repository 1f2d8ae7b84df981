package io.baozi.flow;

import io.baozi.bus.Addresses;
import io.baozi.client.Client;
import io.baozi.client.ClientOptions;
import io.baozi.client.Queue;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.function.Function;

/**
 * A verticle's session on the server in its JVM; its futures complete on the verticle's context.
 *
 * <p>The client of a verticle on an event loop shares that loop. Any other verticle may block its
 * context for long, and with it answers and timeouts, so its client has an event loop of its own.
 */
final class FlowSession {
  /** Puts wait as long as the session lives: that wait is the back-pressure. */
  private static final ClientOptions OPTIONS =
      ClientOptions.defaults().withWait(ClientOptions.FOREVER);

  private final Context context;
  private final Client client;

  private FlowSession(Context context, Client client) {
    this.context = context;
    this.client = client;
  }

  /**
   * Opens a session, called on the verticle's context.
   *
   * @param address the prefix of the server's addresses
   * @param lost told once, on the context, if the session ends before it is closed
   * @param begin what the verticle does with the session; if it fails the session is closed
   */
  static Future<Void> open(
      Vertx vertx,
      Context context,
      String address,
      Handler<Throwable> lost,
      Function<FlowSession, Future<Void>> begin) {
    return open(vertx, context, address, lost)
        .compose(
            opened ->
                begin
                    .apply(opened)
                    .recover(e -> opened.close().compose(v -> Future.failedFuture(e))));
  }

  private static Future<FlowSession> open(
      Vertx vertx, Context context, String address, Handler<Throwable> lost) {
    Promise<FlowSession> promise = Promise.promise();
    Handler<Void> connect =
        v ->
            Client.inside(vertx, new Addresses(address), OPTIONS)
                .recover(e -> Future.failedFuture(explained(e, address)))
                .map(client -> new FlowSession(context, client).tell(lost))
                .onComplete(done -> on(context, () -> promise.handle(done)));
    if (context.isEventLoopContext()) {
      connect.handle(null);
    } else {
      onEventLoop(connect);
    }
    return promise.future();
  }

  /**
   * A thread that is not of Vert.x is given an event loop by it, and needed no longer than that.
   */
  private static void onEventLoop(Handler<Void> connect) {
    Thread thread = new Thread(() -> connect.handle(null), "baozi-flow-open");
    thread.setDaemon(true);
    thread.start();
  }

  private static Throwable explained(Throwable cause, String address) {
    return isRefused(cause, ErrorCode.TIMEOUT)
        ? new IOException("no server answers at the event bus address \"" + address + '"', cause)
        : cause;
  }

  private FlowSession tell(Handler<Throwable> lost) {
    client.closeHandler(cause -> on(context, () -> lost.handle(cause)));
    return this;
  }

  /** Whether a request was refused with this code. */
  static boolean isRefused(Throwable cause, ErrorCode code) {
    return cause instanceof RefusedException refused && refused.code() == code;
  }

  /** Whether a failure means no more than that the server, or the session, is at its end. */
  static boolean isEnd(Throwable cause) {
    return cause instanceof IOException
        || isRefused(cause, ErrorCode.SHUTTING_DOWN)
        || isRefused(cause, ErrorCode.CANCELLED);
  }

  /** Whether a request that failed so may well succeed a little later. */
  static boolean isPassing(Throwable cause) {
    return isRefused(cause, ErrorCode.BUSY)
        || isRefused(cause, ErrorCode.TIMEOUT)
        || isRefused(cause, ErrorCode.FULL)
        || isRefused(cause, ErrorCode.INTERNAL);
  }

  /** The longest message that the server takes, in bytes. */
  int maxMessage() {
    return client.limits().maxMessage();
  }

  Queue queue(String name) {
    return client.queue(name);
  }

  /** The same future, completed on the verticle's context, or at least on its event loop. */
  <T> Future<T> here(Future<T> future) {
    if (context.isEventLoopContext()) {
      return future;
    }
    Promise<T> promise = Promise.promise();
    future.onComplete(done -> context.runOnContext(v -> promise.handle(done)));
    return promise.future();
  }

  /** Does something on the verticle's context: now, if this is it. */
  void run(Runnable action) {
    on(context, action);
  }

  /** The same on any context. */
  static void on(Context context, Runnable action) {
    if (Vertx.currentContext() == context) {
      action.run();
    } else {
      context.runOnContext(v -> action.run());
    }
  }

  /** Ends the session: what it holds goes back, what still waits fails. It does not fail. */
  Future<Void> close() {
    return here(client.close().otherwiseEmpty());
  }
}
