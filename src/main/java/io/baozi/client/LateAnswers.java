package io.baozi.client;

import io.baozi.message.Operation;
import io.baozi.message.Reply;
import java.util.HashSet;
import java.util.Set;

/**
 * The takes and subscriptions that the client has given up: what is answered all the same goes
 * back, since nobody waits for it. On the context only.
 */
final class LateAnswers {
  /** As many as are awaited; a server that answers none of them is not worth more. */
  private static final int MOST = 65536;

  private final Exchange exchange;
  private final Set<Long> takes = new HashSet<>();
  private final Set<Long> subscriptions = new HashSet<>();

  LateAnswers(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Remembers a call that was given up, if its answer would bring something. */
  void await(Call call) {
    if (takes.size() + subscriptions.size() == MOST) {
      return;
    }
    String op = call.request.op();
    if (op.equals(Operation.QUEUE_TAKE.wire())
        && !Boolean.TRUE.equals(call.request.header().get("autoAck"))) {
      takes.add(call.request.id());
    } else if (op.equals(Operation.QUEUE_CONSUME.wire())) {
      subscriptions.add(call.request.id());
    }
  }

  /** Gives back what an answer brings to nobody. */
  void receive(Reply reply) {
    boolean take = takes.remove(reply.id());
    boolean subscription = subscriptions.remove(reply.id());
    if (take && reply.isOk()) {
      exchange.giveBack(reply);
    } else if (subscription && reply.isOk()) {
      exchange.ask(Operation.QUEUE_CANCEL, "sub", reply.header().get("sub"));
    }
  }
}
