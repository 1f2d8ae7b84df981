package io.baozi.client;

import java.time.Duration;
import java.util.Objects;

/**
 * How to acquire a lock.
 *
 * @param mode alone, or beside others
 * @param reentrant whether an owner that has it may have it once more; if not, that is refused with
 *     {@code deadlock}
 * @param owner within the session, which tells apart the threads or tasks that share a client; null
 *     for the session itself
 * @param waitFor the lock; null for the client's default
 * @param lease after which the server passes it on unless it is renewed, which the client does; 1
 *     ms or more; null for as long as the session lives
 * @param fence null for none
 */
public record LockOptions(
    LockMode mode, boolean reentrant, String owner, Duration waitFor, Duration lease, Fence fence) {
  /** Exclusive, reentrant, for the session, with the client's wait, without a lease or a fence. */
  public static final LockOptions DEFAULT =
      new LockOptions(LockMode.EXCLUSIVE, true, null, null, null, null);

  public LockOptions {
    Objects.requireNonNull(mode, "mode");
    Ranges.requireWait("waitFor", waitFor);
    Ranges.requirePositive("lease", lease);
  }

  /** The same in another mode. */
  public LockOptions withMode(LockMode mode) {
    return new LockOptions(mode, reentrant, owner, waitFor, lease, fence);
  }

  /** The same, reentrant or not. */
  public LockOptions withReentrant(boolean reentrant) {
    return new LockOptions(mode, reentrant, owner, waitFor, lease, fence);
  }

  /** The same for another owner. */
  public LockOptions withOwner(String owner) {
    return new LockOptions(mode, reentrant, owner, waitFor, lease, fence);
  }

  /** The same with another wait. */
  public LockOptions withWait(Duration waitFor) {
    return new LockOptions(mode, reentrant, owner, waitFor, lease, fence);
  }

  /** The same with another lease. */
  public LockOptions withLease(Duration lease) {
    return new LockOptions(mode, reentrant, owner, waitFor, lease, fence);
  }

  /** The same with another fence. */
  public LockOptions withFence(Fence fence) {
    return new LockOptions(mode, reentrant, owner, waitFor, lease, fence);
  }
}
