package io.baozi.journal;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.RocksDBException;

/** Writes and forces that fail or are held up as a test wants, and are counted. */
final class FaultyStrokes implements Strokes {
  private final AtomicInteger forces = new AtomicInteger();
  private volatile boolean failingWrites;
  private volatile boolean starving;
  private volatile boolean failingStore;
  private volatile boolean starvingStore;
  private volatile boolean failingForces;
  private final Semaphore failures = new Semaphore(0);
  private final AtomicInteger soundWrites = new AtomicInteger(Integer.MAX_VALUE);
  private final AtomicInteger soundNames = new AtomicInteger(Integer.MAX_VALUE);
  private volatile CountDownLatch entered = new CountDownLatch(0);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  void failWrites(boolean fail) {
    failingWrites = fail;
  }

  /** There is no memory to write with. */
  void starveWrites(boolean starve) {
    starving = starve;
  }

  /** What the log has does not come into the store. */
  void failStore(boolean fail) {
    failingStore = fail;
  }

  /** There is no memory to bring into the store what the log has. */
  void starveStore(boolean starve) {
    starvingStore = starve;
  }

  /** Waits until so many more writes have failed. */
  void awaitFailedWrites(int count) throws InterruptedException {
    if (!failures.tryAcquire(count, 20, TimeUnit.SECONDS)) {
      throw new AssertionError("writes are not tried again");
    }
  }

  /** After so many more, a write ends in what nobody expects of it. */
  void breakWritesAfter(int sound) {
    soundWrites.set(sound);
  }

  void failForces(boolean fail) {
    failingForces = fail;
  }

  /** After so many more, names cannot be forced. */
  void failNamesAfter(int sound) {
    soundNames.set(sound);
  }

  /** From now on a force waits until {@link #letForces}. */
  void holdForces() {
    entered = new CountDownLatch(1);
    gate = new CountDownLatch(1);
  }

  /** Waits until a force has begun that is held up. */
  void awaitForce() throws InterruptedException {
    entered.await();
  }

  void letForces() {
    gate.countDown();
  }

  /** How many forces there were. */
  int forces() {
    return forces.get();
  }

  @Override
  public void write(Stroke stroke) throws IOException {
    if (failingWrites) {
      failures.release();
      throw new IOException("No space left on device");
    }
    if (starving) {
      throw new OutOfMemoryError("Java heap space");
    }
    if (soundWrites.getAndDecrement() == 0) {
      throw new LinkageError("the library is gone");
    }
    stroke.run();
  }

  @Override
  public void apply(StoreStroke stroke) throws RocksDBException {
    if (failingStore) {
      failures.release();
      throw new RocksDBException("No space left on device");
    }
    if (starvingStore) {
      failures.release();
      throw new OutOfMemoryError("Java heap space");
    }
    stroke.run();
  }

  @Override
  public void force(Stroke stroke) throws IOException {
    forces.incrementAndGet();
    entered.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (failingForces) {
      throw new IOException("Input/output error");
    }
    stroke.run();
  }

  @Override
  public void forceNames(Stroke stroke) throws IOException {
    if (soundNames.getAndDecrement() <= 0) {
      throw new IOException("Input/output error");
    }
    stroke.run();
  }
}
