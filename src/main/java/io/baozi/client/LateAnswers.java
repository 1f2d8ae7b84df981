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
 * The takes and subscriptions that the client has given up: what is answered all the same goes
 * back, since nobody waits for it. On the context only.
 */
final class LateAnswers {
  /** As many as are awaited; a server that answers none of them is not worth more. */
  private static final int MOST = 65536;

  private final Exchange exchange;

  /** Their operations, by id. */
  private final Map<Long, String> operations = new LinkedHashMap<>();

  LateAnswers(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Remembers a call that was given up, if its answer would bring something. */
  void await(Call call) {
    if (operations.size() < MOST && brings(call)) {
      operations.put(call.id(), call.op());
    }
  }

  private static boolean brings(Call call) {
    return call.op().equals(Operation.QUEUE_CONSUME.wire())
        || (call.op().equals(Operation.QUEUE_TAKE.wire())
            && !Boolean.TRUE.equals(call.outgoing.header().get("autoAck")));
  }

  /**
   * What asks, after a cut, for the answers that may be lost. Without its arguments a request that
   * was not done before is refused, and not done now.
   */
  List<Request> again() {
    return operations.entrySet().stream().map(e -> again(e.getKey(), e.getValue())).toList();
  }

  private static Request again(long id, String op) {
    Header header = Header.of("op", op, "id", id, "again", true);
    return new Request(id, op, header, Buffer.buffer(0));
  }

  /** Gives back what an answer brings to nobody. */
  void receive(Reply reply) {
    String op = operations.remove(reply.id());
    if (op == null || !reply.isOk()) {
      return;
    }
    if (op.equals(Operation.QUEUE_TAKE.wire())) {
      exchange.giveBack(reply);
    } else {
      exchange.ask(Operation.QUEUE_CANCEL, "sub", reply.header().get("sub"));
    }
  }
}
