package io.baozi.client.blocking;

import io.baozi.client.ClientOptions;
import io.baozi.client.Permits;
import io.baozi.client.Semaphore;
import io.baozi.client.SemaphoreInfo;
import io.baozi.client.SemaphoreOptions;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/**
 * A semaphore on the server with the methods of {@link java.util.concurrent.Semaphore}. Its permits
 * belong to the session, or to the owner in the options, and any thread may release them; but no
 * more than were acquired here.
 */
public final class BlockingSemaphore {
  private final Semaphore semaphore;
  private final SemaphoreOptions options;
  private final ConcurrentLinkedDeque<Grant> held = new ConcurrentLinkedDeque<>();

  /** Permits that were acquired together, as many of them as nobody has begun to release. */
  private record Grant(Permits permits, int left) {}

  private BlockingSemaphore(Semaphore semaphore, SemaphoreOptions options) {
    this.semaphore = semaphore;
    this.options = options;
  }

  /** A semaphore with as many permits as its first user said. */
  public static BlockingSemaphore of(Semaphore semaphore) {
    return of(semaphore, SemaphoreOptions.DEFAULT);
  }

  /** A semaphore with this many permits in all. */
  public static BlockingSemaphore of(Semaphore semaphore, int limit) {
    return of(semaphore, SemaphoreOptions.DEFAULT.withLimit(limit));
  }

  /**
   * A semaphore.
   *
   * @param options how to acquire permits, but for their number and the wait
   */
  public static BlockingSemaphore of(Semaphore semaphore, SemaphoreOptions options) {
    return new BlockingSemaphore(semaphore, options);
  }

  /** Acquires a permit, however long that takes. */
  public void acquire() throws InterruptedException {
    acquire(1);
  }

  /** Acquires permits, all at once, however long that takes. */
  public void acquire(int permits) throws InterruptedException {
    keep(Waits.interruptibly(() -> semaphore.attempt(options(permits, ClientOptions.FOREVER))));
  }

  /** Acquires a permit; an interruption does not end the wait. */
  public void acquireUninterruptibly() {
    acquireUninterruptibly(1);
  }

  /** Acquires permits, likewise. */
  public void acquireUninterruptibly(int permits) {
    keep(Waits.uninterruptibly(() -> semaphore.acquire(options(permits, ClientOptions.FOREVER))));
  }

  /** Acquires a permit if it is to be had now and nobody waits. */
  public boolean tryAcquire() {
    return tryAcquire(1);
  }

  /** Acquires permits if they are to be had now and nobody waits. */
  public boolean tryAcquire(int permits) {
    try {
      keep(Waits.uninterruptibly(() -> semaphore.acquire(options(permits, Duration.ZERO))));
      return true;
    } catch (RefusedException e) {
      return Waits.refused(e, ErrorCode.TIMEOUT);
    }
  }

  /** Acquires a permit if it is to be had in time. */
  public boolean tryAcquire(long time, TimeUnit unit) throws InterruptedException {
    return tryAcquire(1, time, unit);
  }

  /** Acquires permits if they are to be had in time. */
  public boolean tryAcquire(int permits, long time, TimeUnit unit) throws InterruptedException {
    try {
      keep(Waits.interruptibly(() -> semaphore.attempt(options(permits, Waits.of(time, unit)))));
      return true;
    } catch (RefusedException e) {
      return Waits.refused(e, ErrorCode.TIMEOUT);
    }
  }

  private SemaphoreOptions options(int permits, Duration wait) {
    return options.withPermits(permits).withWait(wait);
  }

  /** Releases a permit. */
  public void release() {
    release(1);
  }

  /**
   * Releases permits, those acquired last first.
   *
   * @throws IllegalStateException if fewer are held: they were not acquired here, or were lost;
   *     what was held is released
   */
  public void release(int permits) {
    if (permits < 1) {
      throw new IllegalArgumentException("permits is " + permits + ", it is 1 or more");
    }
    int left = permits;
    while (left > 0) {
      left -= release(held.poll(), left);
    }
  }

  private void keep(Permits permits) {
    held.push(new Grant(permits, permits.permits()));
  }

  /** Releases some permits of a grant, and says how many: none, if they were lost. */
  private int release(Grant grant, int most) {
    if (grant == null) {
      throw new IllegalStateException(
          "semaphore " + semaphore.name() + ": " + most + " more are to be released than are held");
    }
    int some = Math.min(most, grant.left());
    if (some < grant.left()) {
      held.push(new Grant(grant.permits(), grant.left() - some));
    }
    try {
      Waits.uninterruptibly(() -> grant.permits().release(some));
      return some;
    } catch (RefusedException e) {
      Waits.refused(e, ErrorCode.NOT_OWNER);
      return 0;
    }
  }

  /** How many permits nobody has; all of them, for a semaphore that nobody uses. */
  public int availablePermits() {
    SemaphoreInfo info = Waits.uninterruptibly(semaphore::info);
    if (info.holding() > 0 || info.waiting() > 0) {
      return Math.toIntExact(info.available());
    }
    return options.limit() == null ? 1 : options.limit();
  }

  @Override
  public String toString() {
    return "BlockingSemaphore[" + semaphore.name() + "]";
  }
}
