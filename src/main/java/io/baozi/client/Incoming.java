package io.baozi.client;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;

/** The way of each answer and push to whom it is for. On the context only. */
final class Incoming {
  private final Exchange exchange;
  private final Session session;
  private final InFlight inFlight;
  private final LateAnswers late;

  Incoming(Exchange exchange, Session session, InFlight inFlight, LateAnswers late) {
    this.exchange = exchange;
    this.session = session;
    this.inFlight = inFlight;
    this.late = late;
  }

  void receive(Reply reply) {
    if (reply.isPush()) {
      exchange.subscriptions().receive(reply);
      exchange.holds().receive(reply);
    } else if (reply.id() == 0) {
      reply.refusal().ifPresent(this::receiveLastWord);
    } else if (!isOfCut(reply)) {
      receiveAnswer(reply);
    }
  }

  private void receiveAnswer(Reply reply) {
    Call call = inFlight.remove(reply.id());
    if (call == null) {
      late.receive(reply);
    } else {
      call.answer(reply);
      exchange.goOn();
    }
  }

  /** The server closes the connection; what it found wrong decides on the session. */
  private void receiveLastWord(RefusedException refusal) {
    switch (refusal.code()) {
      case TIMEOUT, BUSY, SHUTTING_DOWN -> session.cut(refusal);
      default -> exchange.lose(refusal);
    }
  }

  /**
   * Whether the server has cancelled a request unasked, as it does when it takes the connection for
   * cut: it is sent again over the next. A task, though, may be cancelled by anybody.
   */
  private boolean isOfCut(Reply reply) {
    if (!session.isResumable()
        || !ErrorCode.CANCELLED.wire().equals(reply.header().text("error"))) {
      return false;
    }
    Call call = inFlight.get(reply.id());
    return call != null && !call.isCancelled() && !call.op().startsWith("pool.");
  }
}
