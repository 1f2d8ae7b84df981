package io.baozi.broker;

import io.baozi.broker.waiting.Alarm;

/** Ends a session for which no connection has spoken in time. */
final class Grace extends Alarm {
  private final Sessions sessions;
  private final Session session;

  Grace(Sessions sessions, Session session) {
    this.sessions = sessions;
    this.session = session;
  }

  @Override
  protected void ring(long now) {
    sessions.end(session, now);
  }
}
