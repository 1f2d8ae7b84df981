package io.baozi.broker.waiting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A request that waits its turn in a {@link Line}, or need not. It ends exactly once, in one of the
 * ways of {@link Ending}.
 */
public abstract class Waiter extends Alarm {
  Line line;
  Waiter before;
  Waiter behind;
  private boolean ended;

  /** Whether it stands in a line. */
  public final boolean isWaiting() {
    return line != null;
  }

  /** Whether it has ended. */
  public final boolean hasEnded() {
    return ended;
  }

  /**
   * Ends it: it leaves its line, its alarm is cancelled, and whoever waits is told.
   *
   * @throws IllegalStateException if it had ended before
   */
  public final void end(Ending ending, Alarms alarms, long now) {
    if (leave(ending, alarms, now) && ending != Ending.GRANTED) {
      left(now);
    }
  }

  /**
   * Ends several that are not granted in one step: all have left before anybody behind one of them
   * is served, so that none of them is.
   */
  public static void endAll(
      Collection<? extends Waiter> waiters, Ending ending, Alarms alarms, long now) {
    List<Waiter> left = new ArrayList<>(waiters.size());
    for (Waiter waiter : List.copyOf(waiters)) {
      if (waiter.leave(ending, alarms, now)) {
        left.add(waiter);
      }
    }
    left.forEach(waiter -> waiter.left(now));
  }

  /** Leaves the line, if it stands in one, and tells whoever waits; whether it stood in one. */
  private boolean leave(Ending ending, Alarms alarms, long now) {
    if (ended) {
      throw new IllegalStateException("a wait has ended twice");
    }
    ended = true;
    boolean waited = isWaiting();
    if (waited) {
      line.remove(this);
      alarms.cancel(this);
    }
    ended(ending, now);
    return waited;
  }

  /** Tells whoever waits how it ended. */
  protected abstract void ended(Ending ending, long now);

  /** Looks after those behind, once this has left its line without being granted. */
  protected abstract void left(long now);
}
