package io.baozi.broker.sync;

import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Line;
import io.baozi.broker.waiting.Waiter;

/** A request that waits at an object of coordination, or need not; it is told of its end once. */
public abstract class SyncWait extends Waiter {
  /** What a wait takes of memory, in bytes. */
  public static final int WAIT_MEMORY = 256;

  private Surroundings surroundings;
  private long deadline;
  private long since;
  private boolean standing;

  SyncWait() {}

  /** It is asked. */
  final void ask(Surroundings askedIn, long until, long now) {
    surroundings = askedIn;
    deadline = until;
    since = now;
  }

  /** Milliseconds since 1970 at which it was asked. */
  public final long since() {
    return since;
  }

  /** Whether it has begun to wait, or may. */
  final boolean mayWait(long now) {
    return standing || deadline > now;
  }

  /** Takes its place at the end of a line. */
  final void stand(Line line) {
    line.add(this);
    if (!standing) {
      standing = true;
      surroundings.memory().take(WAIT_MEMORY);
      waitUntil(deadline, surroundings.alarms());
      stands();
    }
  }

  /** It has begun to wait. */
  void stands() {}

  /** It waits no longer. */
  void stoodUp() {}

  final void grant(long now) {
    standNoMore();
    end(Ending.GRANTED, surroundings.alarms(), now);
  }

  /** Ends it ungranted for whoever serves its line. */
  final void expel(Ending ending, long now) {
    expel(ending, surroundings.alarms(), now);
  }

  private void standNoMore() {
    if (standing) {
      standing = false;
      surroundings.memory().give(WAIT_MEMORY);
      stoodUp();
    }
  }

  @Override
  protected final void ring(long now) {
    end(Ending.TIMED_OUT, surroundings.alarms(), now);
  }

  @Override
  protected final void left() {
    standNoMore();
  }
}
