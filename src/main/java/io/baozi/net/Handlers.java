package io.baozi.net;

import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Future;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * The handlers of the embedding program at work for one connection: each request gets exactly one
 * answer, whatever they do. Belongs to its event loop.
 */
final class Handlers {
  private static final Logger LOG = System.getLogger(Handlers.class.getName());

  private final Reception reception;
  private final BiConsumer<Request, Reply> answered;
  private int atWork;

  /**
   * @param answered gets each answer, on the event loop
   */
  Handlers(Reception reception, BiConsumer<Request, Reply> answered) {
    this.reception = reception;
    this.answered = answered;
  }

  boolean isAnyAtWork() {
    return atWork > 0;
  }

  void handle(OperationHandler handler, Request request) {
    atWork++;
    Future<Reply> answer;
    try {
      request.requireSize(reception.options().limits().maxMessage());
      answer = Objects.requireNonNull(handler.handle(request), "the handler's future");
    } catch (RuntimeException e) {
      answer = Future.failedFuture(e);
    }
    answer
        .map(reply -> Objects.requireNonNull(reply, "the handler's answer"))
        .onComplete(
            reply -> reception.run(() -> answered(request, reply)),
            failure -> reception.run(() -> answered(request, refused(request, failure))));
  }

  private void answered(Request request, Reply reply) {
    atWork--;
    answered.accept(request, reply);
  }

  private static Reply refused(Request request, Throwable failure) {
    if (failure instanceof RefusedException refused) {
      return request.refused(refused);
    }
    String ref = Reception.newName().substring(0, 8);
    LOG.log(Level.ERROR, "fault " + ref + " in " + request.op(), failure);
    return request.faulted(ref);
  }
}
