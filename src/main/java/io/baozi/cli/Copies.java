package io.baozi.cli;

import io.baozi.message.ErrorCode;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The copies of several files, a few at a time; one after the other unless each is between a file
 * here and one on the server. What becomes of each is asked in order, by one thread.
 */
final class Copies implements AutoCloseable {
  private static final int AT_ONCE = 8;

  private final Copier copier;
  private final int atOnce;
  private final ExecutorService workers;
  private final List<Future<Copied>> copies;
  private final AtomicInteger done = new AtomicInteger();

  /** Shared by copies that are made beside each other, held alone by one that is made by itself. */
  private final ReadWriteLock turns = new ReentrantReadWriteLock(true);

  /** Begins to copy. */
  Copies(Copier copier, List<CopyStep> steps) {
    this.copier = copier;
    this.atOnce =
        steps.stream().allMatch(CopyStep::isBetween)
            ? Math.max(1, Math.min(AT_ONCE, steps.size()))
            : 1;
    this.workers = Executors.newFixedThreadPool(atOnce, Copies::worker);
    this.copies = steps.stream().map(step -> workers.submit(() -> copy(step))).toList();
  }

  private static Thread worker(Runnable task) {
    Thread worker = new Thread(task, "copy");
    worker.setDaemon(true);
    return worker;
  }

  /** A server that has no room for another put beside these may have it for one alone. */
  private Copied copy(CopyStep step) {
    try {
      return copy(step, turns.readLock());
    } catch (Failure failure) {
      if (atOnce == 1 || !failure.error().equals(ErrorCode.BUSY.wire())) {
        throw failure;
      }
    }
    return copy(step, turns.writeLock());
  }

  private Copied copy(CopyStep step, Lock turn) {
    turn.lock();
    try {
      Copied copied = copier.copy(step);
      done.incrementAndGet();
      return copied;
    } finally {
      turn.unlock();
    }
  }

  /** Waits until a copy is made; fails with what a person is to know about why it was not. */
  Copied await(int i) {
    try {
      return copies.get(i).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.interrupted("interrupted");
    }
  }

  /** How many are made. */
  int done() {
    return done.get();
  }

  /**
   * Makes no more, and leaves those that are under way as far as they are. What does not end in
   * time ends with the process.
   */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      workers.awaitTermination(Interruption.GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
