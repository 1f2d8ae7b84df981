package io.baozi.broker;

import io.baozi.broker.sync.Latch;
import io.baozi.broker.sync.LatchWait;
import io.baozi.broker.waiting.Ending;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;

/** A request to wait for a latch that is answered when it ends. */
final class LatchRequest extends LatchWait {
  private final Broker broker;
  private final Session session;
  private final Latch latch;
  private final long id;

  LatchRequest(Broker broker, Session session, Latch latch, Request request) {
    this.broker = broker;
    this.session = session;
    this.latch = latch;
    this.id = request.id();
  }

  @Override
  protected void ended(Ending ending, long now) {
    session.noLongerWaits(id);
    broker.send(session, answer(ending));
  }

  private Reply answer(Ending ending) {
    return ending == Ending.GRANTED
        ? Reply.ok(id, "count", 0)
        : Reply.refused(
            id,
            Waits.code(ending, ErrorCode.TIMEOUT),
            Waits.message(ending, this::timedOut, "latch " + latch.name()));
  }

  private String timedOut() {
    return "latch " + latch.name() + " is at " + latch.count();
  }
}
