package io.baozi.broker;

import io.baozi.broker.queue.Content;
import io.baozi.broker.queue.MessageQueue;
import io.baozi.broker.queue.Put;
import io.baozi.broker.waiting.Ending;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import java.util.Arrays;
import java.util.List;

/** A put that answers its request when it ends. */
final class PutRequest extends Put {
  /** How many characters the sentences of all errors but the first may have together. */
  private static final int MESSAGES = 1024;

  private final Broker broker;
  private final Session session;
  private final MessageQueue queue;
  private final long id;
  private final boolean batch;
  private final boolean each;

  PutRequest(
      Broker broker,
      Session session,
      MessageQueue queue,
      Request request,
      List<Content> contents,
      boolean batch,
      boolean each) {
    super(contents, each);
    this.broker = broker;
    this.session = session;
    this.queue = queue;
    this.id = request.id();
    this.batch = batch;
    this.each = each;
  }

  @Override
  protected void ended(Ending ending, long now) {
    session.noLongerWaits(id);
    broker.send(session, answer(ending));
  }

  private Reply answer(Ending ending) {
    if (ending == Ending.GRANTED) {
      return batch
          ? Reply.ok(id, "msgs", ids(), "durable", "memory")
          : Reply.ok(id, "msg", ids()[0], "durable", "memory");
    }
    ErrorCode code = code(ending);
    String message = message(ending);
    return each
        ? Reply.ok(id, "msgs", idsOrNull(), "durable", "memory", "errors", errors(code, message))
        : Reply.refused(id, code, message);
  }

  private static ErrorCode code(Ending ending) {
    return switch (ending) {
      case GRANTED -> throw new IllegalStateException("a put that was granted is no error");
      case TIMED_OUT -> ErrorCode.FULL;
      case CANCELLED -> ErrorCode.CANCELLED;
      case SHUT_DOWN -> ErrorCode.SHUTTING_DOWN;
    };
  }

  private String message(Ending ending) {
    if (ending != Ending.TIMED_OUT) {
      return Waits.message(ending);
    }
    int held = queue.ready() + queue.reserved();
    return "queue "
        + queue.name()
        + " holds "
        + held
        + " of "
        + queue.settings().capacity()
        + " messages (capacity)"
        + (queue.waitingPuts() > 0 ? " and " + queue.waitingPuts() + " puts wait for room" : "");
  }

  private Json idsOrNull() {
    return Json.of(Arrays.stream(ids()).mapToObj(msg -> msg == 0 ? null : msg).toList());
  }

  /** All are refused for one reason: who comes late says it only as far as a header has room. */
  private Json errors(ErrorCode code, String message) {
    Header[] errors = new Header[size() - accepted()];
    int left = MESSAGES;
    for (int i = 0; i < errors.length; i++) {
      left -= message.length();
      errors[i] =
          Header.of(
              "at",
              accepted() + i,
              "error",
              code.wire(),
              "message",
              i == 0 || left >= 0 ? message : "likewise");
    }
    return Json.array(errors);
  }
}
