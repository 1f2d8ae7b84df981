package io.baozi.broker.sync;

/** A party that waits at a barrier for the others. */
public abstract class BarrierWait extends SyncWait {
  private Barrier barrier;
  private int index;

  /** For subclasses. */
  protected BarrierWait() {}

  /** How many had arrived before it. */
  public final int index() {
    return index;
  }

  final void arrive(Barrier at, int place, long deadline, long now) {
    barrier = at;
    index = place;
    ask(at.surroundings(), deadline, now);
  }

  @Override
  protected final void letOthersGoOn(long now) {
    barrier.breakUp(now);
  }
}
