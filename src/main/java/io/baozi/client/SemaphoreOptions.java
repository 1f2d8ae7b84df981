package io.baozi.client;

import java.time.Duration;

/**
 * How to acquire permits.
 *
 * @param permits how many, together or not at all, 1 to 1000000
 * @param limit how many the semaphore has in all, which its first user says, 1 to 1000000; another
 *     than it has is refused with {@code conflict}; null for what it has, or 1
 * @param owner within the session, which tells apart the threads or tasks that share a client; null
 *     for the session itself
 * @param waitFor the permits; null for the client's default
 * @param lease after which the server passes them on unless it is renewed, which the client does; 1
 *     ms or more; null for as long as the session lives
 * @param fence null for none
 */
public record SemaphoreOptions(
    int permits, Integer limit, String owner, Duration waitFor, Duration lease, Fence fence) {
  /** One permit, for the session, with the client's wait, without a lease or a fence. */
  public static final SemaphoreOptions DEFAULT =
      new SemaphoreOptions(1, null, null, null, null, null);

  private static final int MOST = 1_000_000;

  public SemaphoreOptions {
    Ranges.require("permits", permits, 1, MOST);
    Ranges.require("limit", limit, 1, MOST);
    Ranges.requireWait("waitFor", waitFor);
    Ranges.requirePositive("lease", lease);
  }

  /** The same with another number of permits. */
  public SemaphoreOptions withPermits(int permits) {
    return new SemaphoreOptions(permits, limit, owner, waitFor, lease, fence);
  }

  /** The same with another limit. */
  public SemaphoreOptions withLimit(Integer limit) {
    return new SemaphoreOptions(permits, limit, owner, waitFor, lease, fence);
  }

  /** The same for another owner. */
  public SemaphoreOptions withOwner(String owner) {
    return new SemaphoreOptions(permits, limit, owner, waitFor, lease, fence);
  }

  /** The same with another wait. */
  public SemaphoreOptions withWait(Duration waitFor) {
    return new SemaphoreOptions(permits, limit, owner, waitFor, lease, fence);
  }

  /** The same with another lease. */
  public SemaphoreOptions withLease(Duration lease) {
    return new SemaphoreOptions(permits, limit, owner, waitFor, lease, fence);
  }

  /** The same with another fence. */
  public SemaphoreOptions withFence(Fence fence) {
    return new SemaphoreOptions(permits, limit, owner, waitFor, lease, fence);
  }
}
