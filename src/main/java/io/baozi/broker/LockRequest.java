package io.baozi.broker;

import io.baozi.broker.sync.Acquisition;
import io.baozi.broker.sync.Hold;
import io.baozi.broker.sync.Lock;
import io.baozi.broker.sync.Owner;
import io.baozi.broker.waiting.Ending;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;

/** A request for a lock that is answered when it ends. */
final class LockRequest extends Acquisition {
  private final Broker broker;
  private final Session session;
  private final Lock lock;
  private final long id;

  LockRequest(
      Broker broker,
      Session session,
      Lock lock,
      Request request,
      Owner owner,
      boolean exclusive,
      boolean reentrant,
      long lease) {
    super(owner, exclusive, reentrant, lease);
    this.broker = broker;
    this.session = session;
    this.lock = lock;
    this.id = request.id();
  }

  @Override
  protected void ended(Ending ending, long now) {
    session.noLongerWaits(id);
    broker.send(session, answer(ending));
  }

  private Reply answer(Ending ending) {
    if (ending == Ending.GRANTED) {
      return Reply.ok(id, "token", hold().token(), "holds", hold().holds());
    }
    if (ending == Ending.DEADLOCK) {
      return CycleForm.refused(broker, session, id, cycle());
    }
    return Reply.refused(
        id,
        Waits.code(ending, ErrorCode.TIMEOUT),
        Waits.message(ending, this::timedOut, "lock " + lock.name()));
  }

  private String timedOut() {
    String held =
        lock.holds().stream()
            .findFirst()
            .map(LockRequest::held)
            .orElse(" is free, and others come first");
    return "lock "
        + lock.name()
        + held
        + (lock.waiting() > 0 ? ", " + lock.waiting() + " wait" : "");
  }

  private static String held(Hold hold) {
    return (hold.isExclusive() ? " is held by " : " is shared by ")
        + CycleForm.name(hold.owner())
        + (hold.of().holds().size() > 1 ? " and " + (hold.of().holds().size() - 1) + " more" : "");
  }
}
