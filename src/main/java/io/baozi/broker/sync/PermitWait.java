package io.baozi.broker.sync;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A request for permits of a semaphore. */
public abstract class PermitWait extends SyncWait implements Owned {
  private final Owner owner;
  private final int permits;
  private final long lease;
  private Semaphore semaphore;
  private List<Link> cycle;

  /**
   * A request.
   *
   * @param permits that it needs at once, 1 or more
   * @param lease milliseconds after which they are lost, 0 for never
   */
  protected PermitWait(Owner owner, int permits, long lease) {
    this.owner = Objects.requireNonNull(owner, "owner");
    this.permits = permits;
    this.lease = lease;
  }

  @Override
  public final Owner owner() {
    return owner;
  }

  /** How many it needs. */
  public final int permits() {
    return permits;
  }

  final long lease() {
    return lease;
  }

  /** The cycle that its wait would have closed, itself first; null if that is not how it ended. */
  public final List<Link> cycle() {
    return cycle;
  }

  final void askAt(Semaphore asked, long deadline, long now) {
    semaphore = asked;
    ask(asked.surroundings(), deadline, now);
  }

  final void refuse(List<Link> closed) {
    cycle = closed;
  }

  @Override
  public final Object at() {
    return semaphore;
  }

  @Override
  public final String waitsFor() {
    return semaphore.name();
  }

  @Override
  public final void blockers(Consumer<Owner> blockers) {
    semaphore.holdings().forEach(each -> blockers.accept(each.owner()));
  }

  @Override
  public final boolean isGrantedIf(Predicate<Owner> giveBack) {
    return semaphore.isGrantedIf(this, giveBack);
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
    semaphore.settle(now);
  }
}
