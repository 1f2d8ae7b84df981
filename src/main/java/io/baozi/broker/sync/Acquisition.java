package io.baozi.broker.sync;

import io.baozi.broker.waiting.Ending;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A request for a lock. */
public abstract class Acquisition extends SyncWait implements Owned {
  private final Owner owner;
  private final boolean exclusive;
  private final boolean reentrant;
  private final long lease;
  private Lock lock;
  private Hold hold;
  private List<Link> cycle;

  /**
   * A request.
   *
   * @param lease milliseconds after which the lock is lost, 0 for never or as it is held already
   */
  protected Acquisition(Owner owner, boolean exclusive, boolean reentrant, long lease) {
    this.owner = Objects.requireNonNull(owner, "owner");
    this.exclusive = exclusive;
    this.reentrant = reentrant;
    this.lease = lease;
  }

  @Override
  public final Owner owner() {
    return owner;
  }

  /** Whether it asks to be the only holder. */
  public final boolean isExclusive() {
    return exclusive;
  }

  final boolean isReentrant() {
    return reentrant;
  }

  final long lease() {
    return lease;
  }

  final void askAt(Lock asked, long deadline, long now) {
    lock = asked;
    ask(asked.surroundings(), deadline, now);
  }

  /** What it was granted, null if it was not. */
  public final Hold hold() {
    return hold;
  }

  /** The cycle that its wait would have closed, itself first; null if that is not how it ended. */
  public final List<Link> cycle() {
    return cycle;
  }

  final void grant(Hold granted, long now) {
    hold = granted;
    grant(now);
  }

  final void refuse(List<Link> closed, long now) {
    cycle = closed;
    expel(Ending.DEADLOCK, now);
  }

  @Override
  public final Object at() {
    return lock;
  }

  @Override
  public final String waitsFor() {
    return lock.name();
  }

  @Override
  public final void blockers(Consumer<Owner> blockers) {
    lock.holds().forEach(each -> blockers.accept(each.owner()));
  }

  @Override
  public final boolean isGrantedIf(Predicate<Owner> giveBack) {
    for (Hold each : lock.holds()) {
      if (each.owner() != owner && !giveBack.test(each.owner())) {
        return false;
      }
    }
    return true;
  }

  @Override
  final void stands() {
    owner.waits(this);
  }

  @Override
  final void stoodUp() {
    owner.waitsNoMore(this);
  }

  @Override
  protected final void letOthersGoOn(long now) {
    lock.settle(now);
  }
}
