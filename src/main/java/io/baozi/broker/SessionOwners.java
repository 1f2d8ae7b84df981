package io.baozi.broker;

import io.baozi.broker.sync.Hold;
import io.baozi.broker.sync.Lock;
import io.baozi.broker.sync.Owner;
import io.baozi.broker.sync.Owners;
import io.baozi.broker.sync.Semaphore;
import io.baozi.broker.waiting.Memory;
import io.baozi.message.Reply;

/** The owners of a session, which is told what they lose. */
final class SessionOwners extends Owners {
  private final Broker broker;
  private final Session session;

  SessionOwners(Broker broker, Session session, Memory memory) {
    super(session.name(), memory);
    this.broker = broker;
    this.session = session;
  }

  @Override
  protected void lost(Lock lock, Hold hold) {
    broker.send(
        session,
        Reply.push(
            "lock.lost", "lock", lock.name(), "token", hold.token(), "owner", hold.owner().name()));
  }

  @Override
  protected void lost(Semaphore semaphore, Owner owner, int permits) {
    broker.send(
        session,
        Reply.push(
            "semaphore.lost",
            "semaphore",
            semaphore.name(),
            "permits",
            permits,
            "owner",
            owner.name()));
  }

  @Override
  protected boolean hasReserved() {
    return session.holder().size() > 0;
  }
}
