package io.baozi.client;

import io.baozi.frame.Header;
import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The takes, subscriptions and acquisitions that the client has given up: what is answered all the
 * same goes back, since nobody waits for it. On the context only.
 */
final class LateAnswers {
  /** As many as are awaited; a server that answers none of them is not worth more. */
  private static final int MOST = 65536;

  private final Exchange exchange;

  /** What was asked, by id. */
  private final Map<Long, Header> givenUp = new LinkedHashMap<>();

  LateAnswers(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Remembers a call that was given up, if its answer would bring something. */
  void await(Call call) {
    if (givenUp.size() < MOST && brings(call.outgoing.header())) {
      givenUp.put(call.id(), call.outgoing.header());
    }
  }

  private static boolean brings(Header asked) {
    return is(asked, Operation.QUEUE_TAKE)
        ? !Boolean.TRUE.equals(asked.get("autoAck"))
        : is(asked, Operation.QUEUE_CONSUME)
            || is(asked, Operation.LOCK_ACQUIRE)
            || is(asked, Operation.SEMAPHORE_ACQUIRE);
  }

  private static boolean is(Header asked, Operation operation) {
    return asked.text("op").equals(operation.wire());
  }

  /**
   * What asks, after a cut, for the answers that may be lost. Without its arguments a request that
   * was not done before is refused, and not done now.
   */
  List<Request> again() {
    return givenUp.entrySet().stream()
        .map(entry -> again(entry.getKey(), entry.getValue().text("op")))
        .toList();
  }

  private static Request again(long id, String op) {
    Header header = Header.of("op", op, "id", id, "again", true);
    return new Request(id, op, header, Buffer.buffer(0));
  }

  /** Gives back what an answer brings to nobody. */
  void receive(Reply reply) {
    Header asked = givenUp.remove(reply.id());
    if (asked == null || !reply.isOk()) {
      return;
    }
    if (is(asked, Operation.QUEUE_TAKE)) {
      exchange.giveBack(reply);
    } else if (is(asked, Operation.QUEUE_CONSUME)) {
      exchange.ask(Operation.QUEUE_CANCEL, "sub", reply.header().get("sub"));
    } else {
      exchange.holds().giveBack(asked);
    }
  }
}
