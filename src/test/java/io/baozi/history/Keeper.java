package io.baozi.history;

import io.baozi.frame.Header;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread with a session and a lock that it keeps as long as it lives, or gives up soon: an heir,
 * that waits for the lock of another client's keeper to be killed.
 */
final class Keeper implements Runnable {
  private static final int WAIT = 10_000;

  private final ClientSession session;
  private final String lock;
  private final boolean isHeir;

  Keeper(ClientSession session, String lock, boolean isHeir) {
    this.session = session;
    this.lock = lock;
    this.isHeir = isHeir;
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        keep(session.name());
      } catch (SessionLostException e) {
        pass(1); // the lock is lost with it, and asked for anew
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void keep(String in) throws SessionLostException, InterruptedException {
    Header grant = session.ask(in, request("lock.acquire").with("wait", WAIT));
    boolean isHeld = Boolean.TRUE.equals(grant.get("ok"));
    while (isHeld && !isHeir && !Thread.currentThread().isInterrupted()) {
      pass(1_000);
      session.ask(in, request("lock.touch"));
    }
    if (isHeld && isHeir) {
      pass(10);
      session.ask(in, request("lock.release"));
      pass(100);
    }
  }

  private Header request(String op) {
    return Header.of("op", op, "lock", lock);
  }

  private static void pass(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
