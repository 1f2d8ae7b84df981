package io.baozi.client;

import io.vertx.core.Future;

/**
 * Permits of a semaphore, as they were granted together. Their lease, if they have one, is renewed
 * like that of a lock.
 */
public final class Permits {
  private final Hold hold;
  private final String semaphore;
  private final int available;
  private final String owner;

  Permits(Hold hold, String semaphore, int available, String owner) {
    this.hold = hold;
    this.semaphore = semaphore;
    this.available = available;
    this.owner = owner;
  }

  /** The semaphore's name. */
  public String semaphore() {
    return semaphore;
  }

  /** How many they are, those not counted that were released. */
  public int permits() {
    return (int) hold.permits();
  }

  /** How many others were to be had when these were granted. */
  public int available() {
    return available;
  }

  /** The owner within the session, null if that is the session itself. */
  public String owner() {
    return owner;
  }

  /** Whether they are held for sure: neither released, nor lost, nor may their lease be over. */
  public boolean isHeld() {
    return hold.isHeld();
  }

  /**
   * Releases all of them. What is called again says what the first call came to.
   *
   * @return how many are to be had now; fails with {@code not_owner} if they were lost
   */
  public Future<Integer> release() {
    return hold.release().compose(reply -> Client.read(reply, Semaphore::available));
  }

  /**
   * Releases some of them.
   *
   * @return how many are to be had now; fails with {@code not_owner} if fewer are held
   */
  public Future<Integer> release(int permits) {
    Ranges.require("permits", permits, 1, Integer.MAX_VALUE);
    return hold.release(permits).compose(reply -> Client.read(reply, Semaphore::available));
  }

  /**
   * Completes when they are lost: their lease could not be renewed, or the session has ended. It
   * does not complete if they are released before.
   */
  public Future<LostException> lost() {
    return hold.lost();
  }
}
