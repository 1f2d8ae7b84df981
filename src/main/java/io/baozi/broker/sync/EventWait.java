package io.baozi.broker.sync;

/** A request to wait until an event is set. */
public abstract class EventWait extends SyncWait {
  private Event event;

  /** For subclasses. */
  protected EventWait() {}

  final void askAt(Event asked, long deadline, long now) {
    event = asked;
    ask(asked.surroundings(), deadline, now);
  }

  @Override
  protected final void letOthersGoOn(long now) {
    event.forgetIfUnused();
  }
}
