package io.baozi.cli;

import io.baozi.client.LockInfo;
import io.baozi.client.SemaphoreInfo;
import java.util.List;

/**
 * A lock or a semaphore, with those who hold it and those who wait for it at one moment.
 *
 * @param kind lock or semaphore
 * @param holders in the order in which they got it
 * @param waiters in the order in which they get it
 * @param hiddenHolders how many there are beside these
 * @param hiddenWaiters likewise
 */
record Guard(
    String kind,
    String name,
    List<Party> holders,
    List<Party> waiters,
    long hiddenHolders,
    long hiddenWaiters) {
  /**
   * One of those.
   *
   * @param share exclusive or shared, or how many permits
   * @param token of a lock's holder, else null
   * @param since in milliseconds since 1970
   */
  record Party(Owner owner, String share, Long token, long since) {
    /** For how long, as a person reads it; clocks may differ a little. */
    String age(long now) {
      return Units.age(Math.max(0, now - since));
    }
  }

  static Guard of(LockInfo lock) {
    return new Guard(
        "lock",
        lock.lock(),
        lock.holders().stream().map(Guard::party).toList(),
        lock.waiters().stream().map(Guard::party).toList(),
        lock.holding() - lock.holders().size(),
        lock.waiting() - lock.waiters().size());
  }

  private static Party party(LockInfo.Holder holder) {
    return new Party(
        new Owner(holder.session(), holder.owner()), holder.mode(), holder.token(), holder.since());
  }

  private static Party party(LockInfo.Waiter waiter) {
    return new Party(
        new Owner(waiter.session(), waiter.owner()), waiter.mode(), null, waiter.since());
  }

  static Guard of(SemaphoreInfo semaphore) {
    return new Guard(
        "semaphore",
        semaphore.semaphore(),
        semaphore.holders().stream().map(holder -> party(holder, semaphore)).toList(),
        semaphore.waiters().stream().map(waiter -> party(waiter, semaphore)).toList(),
        semaphore.holding() - semaphore.holders().size(),
        semaphore.waiting() - semaphore.waiters().size());
  }

  private static Party party(SemaphoreInfo.Owner owner, SemaphoreInfo semaphore) {
    return new Party(
        new Owner(owner.session(), owner.owner()),
        owner.permits() + " of " + semaphore.limit(),
        null,
        owner.since());
  }

  /** Whether anybody holds it or waits for it. */
  boolean isInUse() {
    return !holders.isEmpty() || !waiters.isEmpty() || hiddenHolders + hiddenWaiters > 0;
  }

  @Override
  public String toString() {
    return kind + " " + name;
  }
}
