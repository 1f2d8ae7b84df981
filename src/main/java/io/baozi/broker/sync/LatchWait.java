package io.baozi.broker.sync;

/** A request to wait until a latch is at 0. */
public abstract class LatchWait extends SyncWait {
  /** For subclasses. */
  protected LatchWait() {}

  @Override
  protected final void letOthersGoOn(long now) {
    // Nobody is held up by one who waits for a latch.
  }
}
