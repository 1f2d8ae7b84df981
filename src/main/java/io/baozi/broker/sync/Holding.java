package io.baozi.broker.sync;

import io.baozi.broker.waiting.Alarms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The permits of one semaphore that one owner holds. */
public final class Holding implements Held {
  /** What it takes of memory, and each grant with a lease again, in bytes. */
  public static final int MEMORY = 256;

  private final Semaphore semaphore;
  private final Owner owner;
  private final long since;

  /** Those with a lease, the one that ends first before the others. */
  private final TreeSet<Grant> leased =
      new TreeSet<>(Comparator.comparingLong(Grant::ends).thenComparingLong(Grant::number));

  private int permits;

  Holding(Semaphore semaphore, Owner owner, long now) {
    this.semaphore = semaphore;
    this.owner = owner;
    this.since = now;
    takeMemory();
  }

  /** Who holds them. */
  public Owner owner() {
    return owner;
  }

  /** How many. */
  public int permits() {
    return permits;
  }

  /** Milliseconds since 1970 since which it has held some. */
  public long since() {
    return since;
  }

  void add(PermitWait granted, long number, long now) {
    permits += granted.permits();
    if (granted.lease() > 0) {
      takeMemory();
      set(new Grant(this, granted, number, now));
    }
  }

  /** Gives some back, first of what would be lost first. */
  void release(int count) {
    int left = count;
    while (left > 0 && !leased.isEmpty()) {
      Grant first = leased.first();
      int given = Math.min(left, first.permits());
      first.reduce(given);
      left -= given;
      if (first.permits() == 0) {
        drop(first);
      }
    }
    permits -= count;
  }

  /** Begins all its leases again, by their old lengths or another if it is not 0. */
  void renew(long length, long now) {
    List<Grant> all = new ArrayList<>(leased);
    leased.clear();
    for (Grant grant : all) {
      grant.renew(length, now);
      set(grant);
    }
  }

  void lapse(Grant grant, long now) {
    drop(grant);
    permits -= grant.permits();
    semaphore.lapse(this, grant.permits(), now);
  }

  private void set(Grant grant) {
    leased.add(grant);
    alarms().set(grant, grant.ends());
  }

  private void drop(Grant grant) {
    leased.remove(grant);
    alarms().cancel(grant);
    semaphore.surroundings().memory().give(MEMORY);
  }

  private void takeMemory() {
    semaphore.surroundings().memory().take(MEMORY);
  }

  /** It holds nothing any more. */
  void end() {
    semaphore.surroundings().memory().give(MEMORY);
  }

  private Alarms alarms() {
    return semaphore.surroundings().alarms();
  }

  @Override
  public Semaphore of() {
    return semaphore;
  }

  @Override
  public void giveBack() {
    semaphore.release(owner, permits);
  }
}
