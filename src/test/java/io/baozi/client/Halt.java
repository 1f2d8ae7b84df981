package io.baozi.client;

import java.util.concurrent.CountDownLatch;

/** Where a server stops on its way until it is let go on. */
final class Halt implements Runnable {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @Override
  public void run() {
    reached.countDown();
    await(goOn);
  }

  /** Waits until the server has come to it. */
  void awaitReached() {
    await(reached);
  }

  /** Lets the server go on. */
  void end() {
    goOn.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
