package io.baozi.net;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * The heartbeat of one connection: its peer is cut off when it is silent for two, and is told
 * something at least once in each. Has a timer only while there is a heartbeat; belongs to the
 * connection's event loop.
 */
final class Heartbeat {
  /** How long a silent peer has after the silence, for what the loop has not read yet. */
  private static final long LAST_LOOK = TimeUnit.MILLISECONDS.toNanos(1);

  private static final long NO_TIMER = -1;

  private final Reception reception;
  private final Deadlines deadlines;
  private final Socket socket;
  private final Runnable ping;
  private final Runnable cut;

  /** In nanoseconds; 0 for none. */
  private long interval;

  private long timer = NO_TIMER;

  /** Whether the peer was silent for too long when this was looked at last. */
  private boolean overdue;

  /**
   * None yet.
   *
   * @param ping says something to the peer
   * @param cut cuts it off
   */
  Heartbeat(Reception reception, Deadlines deadlines, Socket socket, Runnable ping, Runnable cut) {
    this.reception = reception;
    this.deadlines = deadlines;
    this.socket = socket;
    this.ping = ping;
    this.cut = cut;
  }

  /** Begins anew with an interval in milliseconds; 0 for none. */
  void every(long millis) {
    stop();
    interval = TimeUnit.MILLISECONDS.toNanos(millis);
    overdue = false;
    if (interval > 0) {
      wakeIn(interval);
    }
  }

  /** From now on there is none. */
  void stop() {
    interval = 0;
    if (timer != NO_TIMER) {
      vertx().cancelTimer(timer);
      timer = NO_TIMER;
    }
  }

  private void wakeIn(long nanos) {
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    timer = vertx().setTimer(millis, t -> beat());
  }

  private Vertx vertx() {
    return reception.context().owner();
  }

  private void beat() {
    timer = NO_TIMER;
    long now = System.nanoTime();
    boolean silent = !socket.isPaused() && now - deadlines.lastArrival() >= 2 * interval;
    if (silent && overdue) {
      stop();
      cut.run();
      return;
    }
    overdue = silent;
    if (now - deadlines.lastAnswer() >= interval && !socket.hasUnsent()) {
      ping.run();
    }
    if (interval > 0) {
      wakeIn(next(now));
    }
  }

  private long next(long now) {
    if (overdue) {
      return LAST_LOOK;
    }
    long toCut = 2 * interval - (now - deadlines.lastArrival());
    long toPing = interval - (now - deadlines.lastAnswer());
    return Math.min(toCut > 0 ? toCut : interval, toPing > 0 ? toPing : interval);
  }
}
