package io.baozi.broker;

import io.baozi.broker.sync.Owner;
import io.baozi.broker.sync.PermitWait;
import io.baozi.broker.sync.Semaphore;
import io.baozi.broker.waiting.Ending;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;

/** A request for permits that is answered when it ends. */
final class SemaphoreRequest extends PermitWait {
  private final Broker broker;
  private final Session session;
  private final Semaphore semaphore;
  private final long id;

  SemaphoreRequest(
      Broker broker,
      Session session,
      Semaphore semaphore,
      Request request,
      Owner owner,
      int permits,
      long lease) {
    super(owner, permits, lease);
    this.broker = broker;
    this.session = session;
    this.semaphore = semaphore;
    this.id = request.id();
  }

  @Override
  protected void ended(Ending ending, long now) {
    session.noLongerWaits(id);
    broker.send(session, answer(ending));
  }

  private Reply answer(Ending ending) {
    if (ending == Ending.GRANTED) {
      return Reply.ok(id, "available", semaphore.available());
    }
    if (ending == Ending.DEADLOCK) {
      return CycleForm.refused(broker, session, id, cycle());
    }
    return Reply.refused(
        id,
        Waits.code(ending, ErrorCode.TIMEOUT),
        Waits.message(ending, this::timedOut, "semaphore " + semaphore.name()));
  }

  private String timedOut() {
    return "semaphore "
        + semaphore.name()
        + " has "
        + semaphore.available()
        + " of "
        + semaphore.limit()
        + " permits available"
        + (semaphore.waiting() > 0 ? ", " + semaphore.waiting() + " wait" : "");
  }
}
