package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/** What one grant gave: one hold of a lock, or some permits. */
final class Hold {
  private enum State {
    HELD,
    /** The server was told that it is given back, and has not answered. */
    LEAVING,
    OVER
  }

  private final Home home;
  private final Duration lease;
  private final Promise<LostException> lost;
  private final Promise<Reply> released;

  /** Whose it is; set once, before the program sees it. */
  private Tenure tenure;

  /** Written on the context only. */
  private volatile State state = State.HELD;

  /** Likewise. */
  private volatile long permits;

  // On the context only.
  private long told;
  private LostException loss;

  /**
   * A grant.
   *
   * @param permits 1 for a lock
   * @param lease of its own, null for none
   */
  Hold(Home home, long permits, Duration lease) {
    this.home = home;
    this.permits = permits;
    this.lease = lease;
    this.lost = home.promise();
    this.released = home.promise();
  }

  void join(Tenure tenure) {
    this.tenure = tenure;
  }

  long permits() {
    return permits;
  }

  Duration lease() {
    return lease;
  }

  /** How many of the permits the server took back while they were on their way to it. */
  long told() {
    return told;
  }

  boolean isLeaving() {
    return state == State.LEAVING;
  }

  /** Whether it is held for sure; from any thread. */
  boolean isHeld() {
    return state == State.HELD && (!tenure.isLeased(this) || !tenure.isOver(System.nanoTime()));
  }

  Future<LostException> lost() {
    return lost.future();
  }

  /** Gives it back, the first time it is called; from any thread. */
  Future<Reply> release() {
    home.run(this::leave);
    return released.future();
  }

  /** Gives some permits back; from any thread. */
  Future<Reply> release(long some) {
    Promise<Reply> promise = home.promise();
    home.run(
        () -> {
          if (state != State.HELD || some > permits) {
            promise.fail(fewer(some));
          } else {
            (some == permits ? this : part(some)).release().onComplete(promise);
          }
        });
    return promise.future();
  }

  private RefusedException fewer(long some) {
    return new RefusedException(
        ErrorCode.NOT_OWNER,
        some + " permits are to be released, " + (state == State.HELD ? permits : 0) + " are held");
  }

  /** Some of the permits, on their own. */
  private Hold part(long some) {
    Hold part = new Hold(home, some, lease);
    long left = permits - some;
    permits = left;
    tenure.split(part);
    return part;
  }

  private void leave() {
    if (state == State.HELD) {
      state = State.LEAVING;
      tenure.giveBack(this).onComplete(released);
    } else if (loss != null) {
      released.tryFail(new RefusedException(ErrorCode.NOT_OWNER, loss.getMessage()));
    }
  }

  /** It is lost to the program, and on its way back in case that the server still counts it. */
  void abandon(LostException why) {
    lose(why, State.LEAVING);
    tenure.giveBack(this);
  }

  /** The server has taken it. */
  void lose(LostException why) {
    lose(why, State.OVER);
  }

  private void lose(LostException why, State next) {
    if (state == State.HELD) {
      loss = why;
      state = next;
      lost.complete(why);
    }
  }

  /** The server has taken permits of it that were on their way back. */
  void tell(long taken) {
    told += taken;
  }

  /** The server has answered that it is given back, or not held. */
  void end() {
    state = State.OVER;
  }
}
