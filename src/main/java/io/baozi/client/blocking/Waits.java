package io.baozi.client.blocking;

import io.baozi.client.Attempt;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A thread's waits for what the client's context completes. */
final class Waits {
  private Waits() {}

  /** A time as the client takes it; none, or one that is over, is no wait. */
  static Duration of(long time, TimeUnit unit) {
    return Duration.ofMillis(Math.max(0, Math.min(unit.toMillis(time), 1L << 52)));
  }

  /** Throws if this thread must not wait: what it waits for may be its own to do. */
  private static void requireMayWait() {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException(
          Thread.currentThread().getName() + " is an event loop, which must not wait");
    }
  }

  /** Begins a call and waits for what comes of it; an interruption is kept for later. */
  static <T> T uninterruptibly(Supplier<Future<T>> call) {
    requireMayWait();
    return result(call.get());
  }

  private static <T> T result(Future<T> future) {
    CompletableFuture<T> result = future.toCompletionStage().toCompletableFuture();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw unchecked(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Begins a call and waits for what comes of it, unless the thread is interrupted: then it is
   * cancelled, and what the server did all the same is given back. If that cannot be, it is the
   * result, and the thread stays interrupted.
   */
  static <T> T interruptibly(Supplier<Attempt<T>> call) throws InterruptedException {
    requireMayWait();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Attempt<T> attempt = call.get();
    try {
      return attempt.future().toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    } catch (InterruptedException e) {
      attempt.cancel();
      T result = outcome(attempt.future(), e);
      Thread.currentThread().interrupt();
      return result;
    }
  }

  private static <T> T outcome(Future<T> cancelled, InterruptedException interruption)
      throws InterruptedException {
    try {
      return result(cancelled);
    } catch (RuntimeException e) {
      interruption.addSuppressed(e);
      throw interruption;
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof RuntimeException e) {
      return e;
    }
    return failure instanceof IOException e
        ? new UncheckedIOException(e)
        : new IllegalStateException(failure);
  }

  /** False for the refusal that was to be expected; any other is thrown. */
  static boolean refused(RefusedException refusal, ErrorCode expected) {
    if (refusal.code() == expected) {
      return false;
    }
    throw refusal;
  }
}
