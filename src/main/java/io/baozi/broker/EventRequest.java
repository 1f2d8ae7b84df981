package io.baozi.broker;

import io.baozi.broker.sync.Event;
import io.baozi.broker.sync.EventWait;
import io.baozi.broker.waiting.Ending;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;

/** A request to wait for an event that is answered when it ends. */
final class EventRequest extends EventWait {
  private final Broker broker;
  private final Session session;
  private final Event event;
  private final long id;

  EventRequest(Broker broker, Session session, Event event, Request request) {
    this.broker = broker;
    this.session = session;
    this.event = event;
    this.id = request.id();
  }

  @Override
  protected void ended(Ending ending, long now) {
    session.noLongerWaits(id);
    broker.send(session, answer(ending));
  }

  private Reply answer(Ending ending) {
    return ending == Ending.GRANTED
        ? Reply.ok(id, "set", true)
        : Reply.refused(
            id,
            Waits.code(ending, ErrorCode.TIMEOUT),
            Waits.message(ending, this::timedOut, "event " + event.name()));
  }

  private String timedOut() {
    return "event " + event.name() + " is not set";
  }
}
