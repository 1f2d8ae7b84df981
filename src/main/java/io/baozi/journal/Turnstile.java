package io.baozi.journal;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets in those who use a thing together, and alone who closes or replaces it. Who can wait is let
 * in when the thing is there again.
 */
final class Turnstile {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile boolean away;
  private volatile boolean closed;

  /** Lets in as soon as nobody is alone inside; {@link #leave} is to follow. */
  void enter() {
    lock.readLock().lock();
  }

  /** The same, but not while the thing is away; if it is closed for good it lets in at once. */
  void enterWhenBack() {
    enter();
    while (isAway()) {
      leave();
      rest();
      enter();
    }
  }

  void leave() {
    lock.readLock().unlock();
  }

  /** Waits until nobody is inside, and has this done. */
  void alone(Runnable change) {
    lock.writeLock().lock();
    try {
      change.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The thing is there or, for a while, is not. */
  synchronized void away(boolean now) {
    away = now;
    notifyAll();
  }

  /** The thing does not come back: who waits for it is let in, and finds that it is not there. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Whether the thing is not there, and comes back. */
  boolean isAway() {
    return away && !closed;
  }

  private synchronized void rest() {
    while (isAway()) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException("the store's threads are not interrupted", e);
      }
    }
  }
}
