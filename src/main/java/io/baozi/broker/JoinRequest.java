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
    return ending == Ending.GRANTED
        ? Reply.ok(id)
        : Reply.refused(
            id,
            Waits.code(ending, ErrorCode.TIMEOUT),
            Waits.message(ending, this::timedOut, "queue " + queue.name()));
  }

  private String timedOut() {
    return "queue " + queue.name() + " still holds " + queue.held() + " messages";
  }
}
