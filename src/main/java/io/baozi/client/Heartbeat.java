package io.baozi.client;

import java.time.Duration;

/**
 * The silence of a connection, both ways: it breaks that of its own end, and takes that of the
 * other for the connection's end. On the context only.
 *
 * <p>It counts ticks and not time: a program that holds up the context for long has heard nothing
 * meanwhile, whatever was said.
 */
final class Heartbeat {
  /** Ticks of a heartbeat. */
  private static final int TICKS = 4;

  private final Home home;
  private final long tick;
  private final Runnable speak;
  private final Runnable dead;
  private int unsaid;
  private int unheard;
  private long timer;

  /**
   * One that beats from now on.
   *
   * @param speak says something, since nothing was said for a heartbeat
   * @param dead is told, once, that nothing was heard for two
   */
  Heartbeat(Home home, Duration interval, Runnable speak, Runnable dead) {
    this.home = home;
    this.tick = interval.toMillis() / TICKS;
    this.speak = speak;
    this.dead = dead;
    next();
  }

  /** Something was sent. */
  void said() {
    unsaid = 0;
  }

  /** Something arrived. */
  void heard() {
    unheard = 0;
  }

  void stop() {
    home.vertx().cancelTimer(timer);
  }

  private void next() {
    timer = home.vertx().setTimer(tick, t -> home.run(this::beat));
  }

  private void beat() {
    if (++unheard > 2 * TICKS) {
      dead.run();
      return;
    }
    if (++unsaid > TICKS) {
      speak.run();
    }
    next();
  }
}
