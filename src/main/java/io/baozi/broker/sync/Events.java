package io.baozi.broker.sync;

/** All events that are set or waited for. */
public final class Events extends Registry<Event> {
  /** None yet. */
  public Events(Surroundings surroundings) {
    super(surroundings);
  }

  /** The event of a name, made if it is not there. */
  public Event made(String name) {
    Event event = find(name);
    return event == null ? add(name, new Event(this, name)) : event;
  }
}
