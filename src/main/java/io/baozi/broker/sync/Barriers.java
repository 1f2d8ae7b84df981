package io.baozi.broker.sync;

/** All barriers that somebody waits at. */
public final class Barriers extends Registry<Barrier> {
  /** None yet. */
  public Barriers(Surroundings surroundings) {
    super(surroundings);
  }

  /** The barrier of a name, made for so many parties if it is not there. */
  public Barrier made(String name, int parties) {
    Barrier barrier = find(name);
    return barrier == null ? add(name, new Barrier(this, name, parties)) : barrier;
  }
}
