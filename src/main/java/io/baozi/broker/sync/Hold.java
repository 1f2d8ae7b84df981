package io.baozi.broker.sync;

import io.baozi.broker.waiting.Alarm;

/** A lock as one owner holds it, however many times; it is lost when its lease ends. */
public final class Hold extends Alarm implements Held {
  private final Lock lock;
  private final Owner owner;
  private final long token;
  private final long since;
  private boolean exclusive;
  private long lease;
  private int holds = 1;

  Hold(Lock lock, Acquisition granted, long token, long now) {
    this.lock = lock;
    this.owner = granted.owner();
    this.token = token;
    this.since = now;
    this.exclusive = granted.isExclusive();
    renew(granted.lease(), now);
  }

  /** Who holds. */
  public Owner owner() {
    return owner;
  }

  /** The number of the grant, larger than that of any before. */
  public long token() {
    return token;
  }

  /** Milliseconds since 1970 at which it was granted. */
  public long since() {
    return since;
  }

  /** Whether nobody else may hold the lock meanwhile. */
  public boolean isExclusive() {
    return exclusive;
  }

  /** How many times it has to be released. */
  public int holds() {
    return holds;
  }

  void again(Acquisition granted, long now) {
    holds++;
    exclusive |= granted.isExclusive();
    renew(granted.lease(), now);
  }

  int releaseOnce() {
    return --holds;
  }

  /** Renews its lease, by its old length or another if it is not 0. */
  void renew(long length, long now) {
    lease = length > 0 ? length : lease;
    if (lease > 0) {
      lock.surroundings().alarms().set(this, now + lease);
    }
  }

  @Override
  public Lock of() {
    return lock;
  }

  @Override
  public void giveBack() {
    lock.end(this);
  }

  @Override
  protected void ring(long now) {
    lock.end(this);
    owner.owners().lost(lock, this);
    lock.goOn(owner, now);
  }
}
