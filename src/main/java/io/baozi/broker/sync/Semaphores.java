package io.baozi.broker.sync;

/** All semaphores that somebody holds permits of, or waits for. */
public final class Semaphores extends Registry<Semaphore> {
  private long lastGrant;

  /** None yet. */
  public Semaphores(Surroundings surroundings) {
    super(surroundings);
  }

  /** The semaphore of a name, made with this limit if it is not there. */
  public Semaphore made(String name, int limit) {
    Semaphore semaphore = find(name);
    return semaphore == null ? add(name, new Semaphore(this, name, limit)) : semaphore;
  }

  long nextGrant() {
    return ++lastGrant;
  }
}
