package io.baozi.client.blocking;

import io.baozi.client.ClientOptions;
import io.baozi.client.Latch;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import java.util.concurrent.TimeUnit;

/** A latch on the server with the methods of {@link java.util.concurrent.CountDownLatch}. */
public final class BlockingLatch {
  private final Latch latch;
  private final long count;

  private BlockingLatch(Latch latch, long count) {
    this.latch = latch;
    this.count = count;
  }

  /**
   * A latch, made now if it is not there.
   *
   * @param count to count down from; all who use it say the same
   */
  public static BlockingLatch of(Latch latch, long count) {
    Waits.uninterruptibly(() -> latch.create(count));
    return new BlockingLatch(latch, count);
  }

  /** Waits until it is at 0, however long that takes. */
  public void await() throws InterruptedException {
    Waits.interruptibly(() -> latch.attempt(ClientOptions.FOREVER));
  }

  /**
   * Waits until it is at 0.
   *
   * @return whether it was, in time
   */
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    try {
      Waits.interruptibly(() -> latch.attempt(Waits.of(time, unit)));
      return true;
    } catch (RefusedException e) {
      return Waits.refused(e, ErrorCode.TIMEOUT);
    }
  }

  /** What is left to be counted down; a latch that was deleted is made anew. */
  public long getCount() {
    return Waits.uninterruptibly(() -> latch.create(count));
  }

  /** Counts down by 1. */
  public void countDown() {
    Waits.uninterruptibly(() -> latch.countDown());
  }

  @Override
  public String toString() {
    return "BlockingLatch[" + latch.name() + "]";
  }
}
