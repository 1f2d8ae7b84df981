package io.baozi.broker.sync;

import java.util.HashMap;
import java.util.Map;

/** All locks that somebody holds or waits for. Tokens are counted for all of them together. */
public final class Locks extends Registry<Lock> {
  /** So many tokens may be given in a millisecond without one that a restart gives again. */
  private static final long TOKENS_PER_MILLISECOND = 1024;

  private final Map<Long, Hold> holds = new HashMap<>();
  private long lastToken;

  /**
   * None yet.
   *
   * @param startedAt milliseconds since 1970, from which tokens are counted: so they grow across
   *     restarts too
   */
  public Locks(Surroundings surroundings, long startedAt) {
    super(surroundings);
    this.lastToken = startedAt * TOKENS_PER_MILLISECOND;
  }

  /** The lock of a name, made if it is not there. */
  public Lock made(String name) {
    Lock lock = find(name);
    return lock == null ? add(name, new Lock(this, name)) : lock;
  }

  /** Whether somebody holds a lock under this token. */
  public boolean isHeld(String name, long token) {
    Hold hold = holds.get(token);
    return hold != null && hold.of().name().equals(name);
  }

  void granted(Hold hold) {
    holds.put(hold.token(), hold);
  }

  void ended(Hold hold) {
    holds.remove(hold.token());
  }

  long nextToken() {
    return ++lastToken;
  }
}
