package io.baozi.client;

import io.vertx.core.Future;

/**
 * One hold of a lock, as it was granted.
 *
 * <p>If the lock was acquired with a lease, the client renews that at every third of it, until all
 * holds of the owner are released. When that does not get through, the hold counts as lost here
 * before the server passes the lock on, so that two never believe to have it at once.
 */
public final class Lease {
  private final Hold hold;
  private final Fence fence;
  private final int holds;
  private final String owner;

  Lease(Hold hold, Fence fence, int holds, String owner) {
    this.hold = hold;
    this.fence = fence;
    this.holds = holds;
    this.owner = owner;
  }

  /** The lock's name. */
  public String lock() {
    return fence.lock();
  }

  /** What grows with every grant of the lock; the same for all holds of one owner at a time. */
  public long token() {
    return fence.token();
  }

  /** How many holds the owner had with this one, when it was granted. */
  public int holds() {
    return holds;
  }

  /** The owner within the session, null if that is the session itself. */
  public String owner() {
    return owner;
  }

  /** What a request carries that is to take effect only as long as the lock is held under this. */
  public Fence fence() {
    return fence;
  }

  /** Whether it is held for sure: neither released, nor lost, nor may its lease be over. */
  public boolean isHeld() {
    return hold.isHeld();
  }

  /**
   * Releases this hold; the lock passes on when it was the owner's last. What is called again says
   * what the first call came to.
   *
   * @return how many holds the owner has left; fails with {@code not_owner} if it was lost
   */
  public Future<Integer> release() {
    return hold.release()
        .compose(
            reply ->
                Client.read(reply, answer -> Math.toIntExact((Long) answer.header().get("holds"))));
  }

  /**
   * Completes when the hold is lost: its lease could not be renewed, or the session has ended. It
   * does not complete if it is released before.
   */
  public Future<LostException> lost() {
    return hold.lost();
  }
}
