package io.baozi.client;

import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import java.util.HashMap;
import java.util.Map;

/**
 * The takes, subscriptions and acquisitions that the client has given up: what is answered all the
 * same goes back, since nobody waits for it. On the context only.
 */
final class LateAnswers {
  /** As many as are awaited; a server that answers none of them is not worth more. */
  private static final int MOST = 65536;

  private final Exchange exchange;
  private final Map<Long, Request> givenUp = new HashMap<>();

  LateAnswers(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Remembers a call that was given up, if its answer would bring something. */
  void await(Call call) {
    if (givenUp.size() < MOST && brings(call.request)) {
      givenUp.put(call.request.id(), call.request);
    }
  }

  private static boolean brings(Request request) {
    return is(request, Operation.QUEUE_TAKE)
        ? !Boolean.TRUE.equals(request.header().get("autoAck"))
        : is(request, Operation.QUEUE_CONSUME)
            || is(request, Operation.LOCK_ACQUIRE)
            || is(request, Operation.SEMAPHORE_ACQUIRE);
  }

  private static boolean is(Request request, Operation operation) {
    return request.op().equals(operation.wire());
  }

  /** Gives back what an answer brings to nobody. */
  void receive(Reply reply) {
    Request request = givenUp.remove(reply.id());
    if (request == null || !reply.isOk()) {
      return;
    }
    if (is(request, Operation.QUEUE_TAKE)) {
      exchange.giveBack(reply);
    } else if (is(request, Operation.QUEUE_CONSUME)) {
      exchange.ask(Operation.QUEUE_CANCEL, "sub", reply.header().get("sub"));
    } else {
      exchange.holds().giveBack(request);
    }
  }
}
