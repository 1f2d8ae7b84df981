package io.baozi.client.blocking;

import io.baozi.client.Barrier;
import io.baozi.client.ClientOptions;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A barrier on the server with the methods of {@link java.util.concurrent.CyclicBarrier}. Once
 * broken it starts anew by itself.
 */
public final class BlockingBarrier {
  private final Barrier barrier;
  private final int parties;

  private BlockingBarrier(Barrier barrier, int parties) {
    this.barrier = barrier;
    this.parties = parties;
  }

  /** A barrier of this many parties; all who meet there say the same. */
  public static BlockingBarrier of(Barrier barrier, int parties) {
    return new BlockingBarrier(barrier, parties);
  }

  /** How many go on together. */
  public int getParties() {
    return parties;
  }

  /**
   * Waits for the others, however long that takes; an interruption breaks the barrier.
   *
   * @return as {@link java.util.concurrent.CyclicBarrier#await()} counts: parties - 1 for the first
   *     to come, 0 for the last
   * @throws BrokenBarrierException if another one left
   */
  public int await() throws InterruptedException, BrokenBarrierException {
    return come(ClientOptions.FOREVER);
  }

  /**
   * Waits for the others.
   *
   * @throws TimeoutException if they did not come in time, which breaks the barrier
   */
  public int await(long time, TimeUnit unit)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    try {
      return come(Waits.of(time, unit));
    } catch (RefusedException e) {
      if (e.code() == ErrorCode.TIMEOUT) {
        throw (TimeoutException) new TimeoutException(e.getMessage()).initCause(e);
      }
      throw e;
    }
  }

  private int come(Duration wait) throws InterruptedException, BrokenBarrierException {
    try {
      return parties - 1 - Waits.interruptibly(() -> barrier.attempt(parties, wait));
    } catch (RefusedException e) {
      if (e.code() == ErrorCode.BROKEN) {
        throw (BrokenBarrierException) new BrokenBarrierException(e.getMessage()).initCause(e);
      }
      throw e;
    }
  }

  @Override
  public String toString() {
    return "BlockingBarrier[" + barrier.name() + "]";
  }
}
