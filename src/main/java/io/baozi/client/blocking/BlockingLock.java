package io.baozi.client.blocking;

import io.baozi.client.ClientOptions;
import io.baozi.client.Lease;
import io.baozi.client.LockOptions;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * A lock on the server as Java knows locks: its owner is the calling thread, which may have it
 * several times and releases it as often.
 *
 * <p>It knows what it was locked for itself: of several made of one lock, the one that was locked
 * is the one to unlock. A wait that would close a cycle throws a {@link
 * io.baozi.message.DeadlockException}, a lost connection an {@link java.io.UncheckedIOException}.
 */
public final class BlockingLock implements Lock {
  private final io.baozi.client.Lock lock;
  private final LockOptions options;

  /** The last in is the first out; each thread touches its own. */
  private final Map<Thread, ArrayDeque<Lease>> held = new ConcurrentHashMap<>();

  private BlockingLock(io.baozi.client.Lock lock, LockOptions options) {
    this.lock = lock;
    this.options = options;
  }

  /** A lock, exclusive and without a lease. */
  public static BlockingLock of(io.baozi.client.Lock lock) {
    return of(lock, LockOptions.DEFAULT);
  }

  /**
   * A lock.
   *
   * @param options how to acquire it, but for owner and wait
   */
  public static BlockingLock of(io.baozi.client.Lock lock, LockOptions options) {
    return new BlockingLock(lock, options);
  }

  /** Acquires it, however long that takes; an interruption does not end the wait. */
  @Override
  public void lock() {
    keep(Waits.uninterruptibly(() -> lock.acquire(options(ClientOptions.FOREVER))));
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    keep(Waits.interruptibly(() -> lock.attempt(options(ClientOptions.FOREVER))));
  }

  /** Acquires it if it is to be had now and nobody waits for it. */
  @Override
  public boolean tryLock() {
    try {
      keep(Waits.uninterruptibly(() -> lock.acquire(options(Duration.ZERO))));
      return true;
    } catch (RefusedException e) {
      return Waits.refused(e, ErrorCode.TIMEOUT);
    }
  }

  @Override
  public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
    try {
      keep(Waits.interruptibly(() -> lock.attempt(options(Waits.of(time, unit)))));
      return true;
    } catch (RefusedException e) {
      return Waits.refused(e, ErrorCode.TIMEOUT);
    }
  }

  private LockOptions options(Duration wait) {
    return options.withOwner("thread-" + Thread.currentThread().getId()).withWait(wait);
  }

  private void keep(Lease lease) {
    held.computeIfAbsent(Thread.currentThread(), thread -> new ArrayDeque<>()).push(lease);
  }

  /**
   * Releases what this thread acquired last.
   *
   * @throws IllegalMonitorStateException if this thread does not hold it: it never did, or it has
   *     lost it
   */
  @Override
  public void unlock() {
    Lease lease = last();
    try {
      Waits.uninterruptibly(() -> lease.release());
    } catch (RefusedException e) {
      throw e.code() == ErrorCode.NOT_OWNER ? notHeld(e.getMessage()) : e;
    }
  }

  private Lease last() {
    ArrayDeque<Lease> own = held.get(Thread.currentThread());
    if (own == null) {
      throw notHeld("this thread has not acquired it here");
    }
    Lease lease = own.pop();
    if (own.isEmpty()) {
      held.remove(Thread.currentThread());
    }
    return lease;
  }

  private IllegalMonitorStateException notHeld(String why) {
    return new IllegalMonitorStateException("lock " + lock.name() + ": " + why);
  }

  /** Whether this thread holds it for sure: it was neither released nor lost. */
  public boolean isHeldByCurrentThread() {
    ArrayDeque<Lease> own = held.get(Thread.currentThread());
    return own != null && own.peek().isHeld();
  }

  /**
   * What this thread acquired last and has not released: its token, fence and loss.
   *
   * @throws IllegalMonitorStateException if there is none
   */
  public Lease lease() {
    ArrayDeque<Lease> own = held.get(Thread.currentThread());
    if (own == null) {
      throw notHeld("this thread has not acquired it here");
    }
    return own.peek();
  }

  /** There are none: use a {@link BlockingEvent}, or a queue. */
  @Override
  public Condition newCondition() {
    throw new UnsupportedOperationException(
        "newCondition: a lock on a server has no conditions; wait for an event or on a queue");
  }

  @Override
  public String toString() {
    return "BlockingLock[" + lock.name() + "]";
  }
}
