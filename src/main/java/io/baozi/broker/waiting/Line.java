package io.baozi.broker.waiting;

/** Those who wait for one thing, first come, first served; leaving from anywhere costs O(1). */
public final class Line {
  /** Where a waiter stands in a line; it may stand in several, in each once. */
  static final class Place {
    final Line line;
    final Waiter waiter;
    Place before;
    Place behind;

    /** Where its waiter stands beside. */
    Place other;

    Place(Line line, Waiter waiter) {
      this.line = line;
      this.waiter = waiter;
    }
  }

  private Place first;
  private Place last;
  private int size;

  /**
   * Joins at the end.
   *
   * @throws IllegalStateException if it stands in this line already
   */
  public void add(Waiter waiter) {
    if (waiter.place(this) != null) {
      throw new IllegalStateException("nobody waits twice in one line");
    }
    Place place = new Place(this, waiter);
    place.other = waiter.places;
    waiter.places = place;
    append(place);
  }

  /** Who is served next, null if nobody waits. */
  public Waiter first() {
    return first == null ? null : first.waiter;
  }

  /** Who is served after this one, null if nobody is or it does not stand here. */
  public Waiter after(Waiter waiter) {
    Place place = waiter.place(this);
    return place == null || place.behind == null ? null : place.behind.waiter;
  }

  /** Whoever is first goes to the end. */
  public void firstToEnd() {
    Place place = first;
    unlink(place);
    append(place);
  }

  /** Takes a waiter out of this line; its wait goes on. */
  public void remove(Waiter waiter) {
    unlink(waiter.leaves(this));
  }

  /** Whether nobody waits. */
  public boolean isEmpty() {
    return first == null;
  }

  /** How many wait. */
  public int size() {
    return size;
  }

  private void append(Place place) {
    place.before = last;
    place.behind = null;
    if (last == null) {
      first = place;
    } else {
      last.behind = place;
    }
    last = place;
    size++;
  }

  void unlink(Place place) {
    if (place.before == null) {
      first = place.behind;
    } else {
      place.before.behind = place.behind;
    }
    if (place.behind == null) {
      last = place.before;
    } else {
      place.behind.before = place.before;
    }
    size--;
  }
}
