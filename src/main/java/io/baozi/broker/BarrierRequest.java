package io.baozi.broker;

import io.baozi.broker.sync.Barrier;
import io.baozi.broker.sync.BarrierWait;
import io.baozi.broker.waiting.Ending;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;

/** A request to wait at a barrier that is answered when it ends. */
final class BarrierRequest extends BarrierWait {
  private final Broker broker;
  private final Session session;
  private final Barrier barrier;
  private final long id;

  BarrierRequest(Broker broker, Session session, Barrier barrier, Request request) {
    this.broker = broker;
    this.session = session;
    this.barrier = barrier;
    this.id = request.id();
  }

  @Override
  protected void ended(Ending ending, long now) {
    session.noLongerWaits(id);
    broker.send(session, answer(ending));
  }

  private Reply answer(Ending ending) {
    return ending == Ending.GRANTED
        ? Reply.ok(id, "index", index())
        : Reply.refused(
            id,
            Waits.code(ending, ErrorCode.TIMEOUT),
            Waits.message(ending, this::timedOut, "barrier " + barrier.name()));
  }

  private String timedOut() {
    return "at barrier "
        + barrier.name()
        + " "
        + barrier.waiting()
        + " of "
        + barrier.parties()
        + " parties wait";
  }
}
