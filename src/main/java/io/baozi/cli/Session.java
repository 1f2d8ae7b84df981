package io.baozi.cli;

import io.baozi.client.Client;
import io.baozi.client.ClientOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A connected client on a small Vert.x of its own, for a thread that waits for what it asks. */
final class Session implements AutoCloseable {
  private final Vertx vertx;
  private final Context context;
  private final Interruption interruption;
  private final Complaint complaint;
  private Client client;

  private Session(ClientOptions options, Interruption interruption) {
    this.vertx = Vertx.vertx(small());
    this.context = vertx.getOrCreateContext();
    this.interruption = interruption;
    this.complaint = new Complaint(options);
  }

  /** Connects; fails if there is no server, or it does not answer. */
  static Session open(ClientOptions options, Interruption interruption) {
    Session session = new Session(options, interruption);
    try {
      session.client =
          session.await(session.onContext(() -> Client.connect(session.vertx, options)));
      return session;
    } catch (RuntimeException e) {
      session.vertx.close();
      throw e;
    }
  }

  private static VertxOptions small() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(1)
        // On a busy machine it would warn of a loop that only waits for its turn.
        .setBlockedThreadCheckInterval(1)
        .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }

  Client client() {
    return client;
  }

  /** Where the client's futures complete; what is called on it costs no switch of threads. */
  Context context() {
    return context;
  }

  private <T> Future<T> onContext(Supplier<Future<T>> call) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(v -> call.get().onComplete(promise));
    return promise.future();
  }

  /**
   * Waits for a result; fails with a {@link Failure}: why it failed, or that the command was asked
   * to end.
   */
  <T> T await(Future<T> future) {
    return await(future.toCompletionStage());
  }

  /** The same for a result that does not come from the client. */
  <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> result = stage.toCompletableFuture();
    join(CompletableFuture.anyOf(result, interruption.request()));
    if (interruption.isRequested()) {
      throw Failure.interrupted("interrupted");
    }
    return join(result);
  }

  /** Waits for a result even when the command was asked to end: the client bounds the time. */
  <T> T settle(Future<T> future) {
    return join(future.toCompletionStage().toCompletableFuture());
  }

  private <T> T join(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutputException output) {
        throw output;
      }
      throw complaint.about(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.interrupted("interrupted");
    }
  }

  /** The server as a person is told of it, host and port. */
  String server() {
    return complaint.server();
  }

  /** What a person is told about why a request failed. */
  Failure failure(Throwable cause) {
    return complaint.about(cause);
  }

  /**
   * Ends the session on the server, too: what it holds goes back. Nobody waits for Vert.x, whose
   * close may end the very loop that would tell of it.
   */
  @Override
  public void close() {
    client.close().toCompletionStage().toCompletableFuture().join();
    vertx.close();
  }
}
