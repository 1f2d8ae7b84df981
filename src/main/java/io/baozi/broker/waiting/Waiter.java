package io.baozi.broker.waiting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A request that waits its turn in a {@link Line} or several, or need not. It ends exactly once, in
 * one of the ways of {@link Ending}.
 */
public abstract class Waiter extends Alarm {
  /** Where it stands, one place behind the other. */
  Line.Place places;

  /** What it was asked under, null for nothing. */
  private BooleanSupplier condition;

  private boolean ended;

  /**
   * Lets it be granted only while something holds, which is asked when it is about to be.
   *
   * @param holds null if it may be granted whatever happens
   */
  public final void onlyWhile(BooleanSupplier holds) {
    condition = holds;
  }

  /** Whether what it was asked under holds no longer: it is to end and not to be granted. */
  public final boolean isStale() {
    return condition != null && !condition.getAsBoolean();
  }

  /**
   * What it is to end in although it could be granted, asked when it is about to be; null if
   * nothing stands in its way.
   */
  public Ending obstacle() {
    return isStale() ? Ending.FENCED : null;
  }

  /** Whether it stands in a line. */
  public final boolean isWaiting() {
    return places != null;
  }

  /** Whether it stands in this line. */
  public final boolean isIn(Line line) {
    return place(line) != null;
  }

  /** Whether it has ended. */
  public final boolean hasEnded() {
    return ended;
  }

  /** Lets its wait run out at a moment; {@link Alarms#NEVER} if it has no end. */
  public final void waitUntil(long deadline, Alarms alarms) {
    if (deadline != Alarms.NEVER) {
      alarms.set(this, deadline);
    }
  }

  /**
   * Ends it: it leaves its lines, its alarm is cancelled, and whoever waits is told.
   *
   * @throws IllegalStateException if it had ended before
   */
  public final void end(Ending ending, Alarms alarms, long now) {
    leave(ending, alarms, now);
    if (ending != Ending.GRANTED) {
      left();
      letOthersGoOn(now);
    }
  }

  /**
   * Ends it ungranted for whoever serves its line: the others go on with whoever does that.
   *
   * @throws IllegalStateException if it had ended before
   */
  public final void expel(Ending ending, Alarms alarms, long now) {
    leave(ending, alarms, now);
    left();
  }

  /**
   * Ends several that are not granted in one step: all have left before anybody behind one of them
   * is served, so that none of them is.
   */
  public static void endAll(
      Collection<? extends Waiter> waiters, Ending ending, Alarms alarms, long now) {
    List<Waiter> all = new ArrayList<>(waiters);
    leaveAll(all, ending, alarms, now);
    letOthersGoOn(all, now);
  }

  /**
   * Ends several as {@link #endAll} does; those whom they held up go on when the caller says so.
   */
  public static void leaveAll(Collection<Waiter> waiters, Ending ending, Alarms alarms, long now) {
    waiters.forEach(waiter -> waiter.leave(ending, alarms, now));
    waiters.forEach(Waiter::left);
  }

  /** Serves those whom these held up, which have left. */
  public static void letOthersGoOn(Collection<Waiter> waiters, long now) {
    waiters.forEach(waiter -> waiter.letOthersGoOn(now));
  }

  private void leave(Ending ending, Alarms alarms, long now) {
    if (ended) {
      throw new IllegalStateException("a wait has ended twice");
    }
    ended = true;
    for (Line.Place place = places; place != null; place = place.other) {
      place.line.unlink(place);
    }
    places = null;
    alarms.cancel(this);
    ended(ending, now);
  }

  /** Tells whoever waits how it ended. */
  protected abstract void ended(Ending ending, long now);

  /** Gives back what its wait has taken, once it has ended without being granted. */
  protected abstract void left();

  /** Serves those behind whom it held up, once it has left. */
  protected abstract void letOthersGoOn(long now);

  Line.Place place(Line line) {
    Line.Place place = places;
    while (place != null && place.line != line) {
      place = place.other;
    }
    return place;
  }

  /** Forgets where it stands in a line, and gives that place. */
  Line.Place leaves(Line line) {
    Line.Place before = null;
    Line.Place place = places;
    while (place != null && place.line != line) {
      before = place;
      place = place.other;
    }
    if (place == null) {
      throw new IllegalStateException("it does not wait in this line");
    }
    if (before == null) {
      places = place.other;
    } else {
      before.other = place.other;
    }
    return place;
  }
}
