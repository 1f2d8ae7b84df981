package io.baozi.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The wish that the command end, as SIGINT and SIGTERM say it. The process ends as soon as the
 * command has, or after {@link #GRACE} if it does not.
 */
final class Interruption {
  /** How long a command has to put things in order. */
  static final Duration GRACE = Duration.ofSeconds(2);

  private final Consumer<Thread> hooks;
  private final CompletableFuture<Void> request = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  /** A wish that {@code hooks} tells of: it is given the thread to run when the process ends. */
  Interruption(Consumer<Thread> hooks) {
    this.hooks = hooks;
  }

  static Interruption ofProcess() {
    return new Interruption(Runtime.getRuntime()::addShutdownHook);
  }

  /** From now on the process does not end before the command has; to be called by a command. */
  void listen() {
    hooks.accept(
        new Thread(
            () -> {
              request.complete(null);
              awaitEnd();
            },
            "interruption"));
  }

  /** Completes when the command is asked to end. */
  CompletableFuture<Void> request() {
    return request;
  }

  boolean isRequested() {
    return request.isDone();
  }

  /** Waits so long, or until the command is asked to end. */
  void pause(Duration time) {
    try {
      request.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The command has ended. */
  void end() {
    ended.countDown();
  }

  private void awaitEnd() {
    try {
      boolean inTime = ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      assert inTime || request.isDone();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
