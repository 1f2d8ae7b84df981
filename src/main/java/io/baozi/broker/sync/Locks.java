package io.baozi.broker.sync;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** All locks that somebody holds or waits for. Tokens are counted for all of them together. */
public final class Locks extends Registry<Lock> {
  private final Map<Long, Hold> holds = new HashMap<>();
  private final LongSupplier tokens;

  /**
   * None yet.
   *
   * @param tokens gives the next token, larger than any before, across restarts too
   */
  public Locks(Surroundings surroundings, LongSupplier tokens) {
    super(surroundings);
    this.tokens = tokens;
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
    return tokens.getAsLong();
  }
}
