package io.baozi.broker.sync;

/** All latches that were created and not deleted. */
public final class Latches extends Registry<Latch> {
  /** None yet. */
  public Latches(Surroundings surroundings) {
    super(surroundings);
  }

  /** The latch of a name, created with this count if it is not there. */
  public Latch created(String name, long count) {
    Latch latch = find(name);
    return latch == null ? add(name, new Latch(this, name, count)) : latch;
  }
}
