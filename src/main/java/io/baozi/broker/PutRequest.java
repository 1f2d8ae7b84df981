package io.baozi.broker;

import io.baozi.broker.queue.Content;
import io.baozi.broker.queue.MessageQueue;
import io.baozi.broker.queue.Put;
import io.baozi.broker.queue.Settings;
import io.baozi.broker.waiting.Ending;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.baozi.message.ErrorCode;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import java.util.ArrayList;
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
      List<String> keys,
      boolean batch,
      boolean each) {
    super(contents, keys, each);
    this.broker = broker;
    this.session = session;
    this.queue = queue;
    this.id = request.id();
    this.batch = batch;
    this.each = each;
  }

  /** While it waited, the disk may have begun to fail. */
  @Override
  public Ending obstacle() {
    Ending obstacle = super.obstacle();
    return obstacle == null && !broker.canKeep(queue.settings()) ? Ending.NOT_KEPT : obstacle;
  }

  @Override
  protected void ended(Ending ending, long now) {
    session.noLongerWaits(id);
    if (each && Arrays.stream(ids()).noneMatch(msg -> msg > 0)) {
      session.changedNothing(id);
    }
    boolean adds = each ? Arrays.stream(ids()).anyMatch(msg -> msg > 0) : ending == Ending.GRANTED;
    if (adds) {
      broker.promise(session, queue, answer(ending));
    } else {
      broker.send(session, answer(ending));
    }
  }

  private Reply answer(Ending ending) {
    String durable = broker.durable(queue);
    if (each) {
      boolean all = Arrays.stream(ids()).allMatch(msg -> msg > 0);
      return all
          ? Reply.ok(id, "msgs", ids(), "durable", durable)
          : Reply.ok(id, "msgs", idsOrNull(), "durable", durable, "errors", errors(ending));
    }
    if (ending != Ending.GRANTED) {
      return Reply.refused(id, code(ending), message(ending));
    }
    return batch
        ? Reply.ok(id, "msgs", ids(), "durable", durable)
        : Reply.ok(id, "msg", ids()[0], "durable", durable);
  }

  private static ErrorCode code(Ending ending) {
    return Waits.code(ending, ErrorCode.FULL);
  }

  private String message(Ending ending) {
    return ending == Ending.NOT_KEPT
        ? broker.nothingNew()
        : Waits.message(ending, this::full, "queue " + queue.name());
  }

  private String full() {
    Settings settings = queue.settings();
    String holds =
        queue.held() < settings.capacity() && settings.maxBytes() > 0
            ? queue.bytes() + " of " + settings.maxBytes() + " bytes (maxBytes)"
            : queue.held() + " of " + settings.capacity() + " messages (capacity)";
    String waiting =
        queue.waitingPuts() > 0 ? " and " + queue.waitingPuts() + " puts wait for room" : "";
    return "queue " + queue.name() + " holds " + holds + waiting;
  }

  private Json idsOrNull() {
    return Json.of(Arrays.stream(ids()).mapToObj(msg -> msg > 0 ? msg : null).toList());
  }

  /** Who comes late is told why only as far as a header has room. */
  private Json errors(Ending ending) {
    List<Header> errors = new ArrayList<>();
    int left = MESSAGES;
    for (int at = 0; at < size(); at++) {
      if (ids()[at] <= 0) {
        boolean tooLarge = ids()[at] == TOO_LARGE;
        String message = tooLarge ? tooLarge() : message(ending);
        left -= message.length();
        errors.add(
            Header.of(
                "at",
                at,
                "error",
                (tooLarge ? ErrorCode.TOO_LARGE : code(ending)).wire(),
                "message",
                errors.isEmpty() || left >= 0 ? message : "likewise"));
      }
    }
    return Json.array(errors.toArray(Header[]::new));
  }

  private String tooLarge() {
    return "the message is larger than the "
        + queue.settings().maxBytes()
        + " bytes (maxBytes) that queue "
        + queue.name()
        + " holds at most";
  }
}
