package io.baozi.broker;

import io.baozi.broker.queue.Holder;

/** A session as the queues know it. */
final class SessionHolder extends Holder {
  private final Session session;

  SessionHolder(Session session) {
    this.session = session;
  }

  Session session() {
    return session;
  }
}
