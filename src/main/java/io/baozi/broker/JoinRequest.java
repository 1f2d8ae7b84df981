package io.baozi.broker;

import io.baozi.broker.queue.Join;
import io.baozi.broker.queue.MessageQueue;
import io.baozi.broker.waiting.Ending;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;

/** A join that answers its request when it ends. */
final class JoinRequest extends Join {
  private final Broker broker;
  private final Session session;
  private final MessageQueue queue;
  private final long id;

  JoinRequest(Broker broker, Session session, MessageQueue queue, Request request) {
    this.broker = broker;
    this.session = session;
    this.queue = queue;
    this.id = request.id();
  }

  @Override
  protected void ended(Ending ending, long now) {
    session.noLongerWaits(id);
    broker.send(session, answer(ending));
  }

  private Reply answer(Ending ending) {
    return switch (ending) {
      case GRANTED -> Reply.ok(id);
      case TIMED_OUT ->
          Reply.refused(
              id,
              ErrorCode.TIMEOUT,
              "queue " + queue.name() + " still holds " + queue.held() + " messages");
      case CANCELLED -> Reply.refused(id, ErrorCode.CANCELLED, Waits.message(ending));
      case DELETED ->
          Reply.refused(
              id,
              ErrorCode.NOT_FOUND,
              "queue " + queue.name() + " was deleted while the request waited");
      case SHUT_DOWN -> Reply.refused(id, ErrorCode.SHUTTING_DOWN, Waits.message(ending));
    };
  }
}
