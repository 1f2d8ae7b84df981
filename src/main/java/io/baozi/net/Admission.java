package io.baozi.net;

import io.baozi.frame.Header;
import io.baozi.message.ErrorCode;
import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.message.Shown;

/** Whether a request of one connection is accepted; belongs to its event loop. */
final class Admission {
  /**
   * A request that takes no more than this is accepted though memory is short: it may free some.
   */
  private static final int SMALL = 1024;

  private final Reception reception;
  private final InFlight inFlight;

  Admission(Reception reception, InFlight inFlight) {
    this.reception = reception;
    this.inFlight = inFlight;
  }

  /** The id of a request, -1 if it wants no answer. */
  static long id(Header header) {
    return header.get("id") instanceof Long id ? id : -1;
  }

  /** Who carries out the request with this header, or why it cannot be passed on to anybody. */
  Verdict judge(Header header) {
    Object id = header.get("id");
    if (id != null && !(id instanceof Long number && number >= 1 && number <= Header.MAX_INTEGER)) {
      return badId("id is " + Shown.value(id) + ", allowed is an integer from 1 to 2^53-1");
    }
    if (id != null && inFlight.contains((Long) id)) {
      return badId("id is " + id + ", a request under it is not answered yet");
    }
    return header.get("op") instanceof String op ? judge(header, op) : badOp(header);
  }

  private Verdict judge(Header header, String op) {
    Route route = reception.route(op);
    if (route == null) {
      return refused(header, ErrorCode.UNKNOWN_OP, "no operation is called " + Shown.value(op));
    }
    long longest = reception.options().limits().maxMessage();
    long kept = route.streamed() ? 0 : Math.min(header.size(), longest);
    if (kept + route.answer() > SMALL && !reception.hasMemory(kept + route.answer())) {
      return refused(
          header, ErrorCode.BUSY, "the server has no memory for this request now, try later");
    }
    return route;
  }

  private static Verdict badId(String message) {
    return new Verdict.Refused(Reply.refused(0, ErrorCode.BAD_REQUEST, message));
  }

  private static Verdict badOp(Header header) {
    Object op = header.get("op");
    return refused(
        header,
        ErrorCode.BAD_REQUEST,
        op == null
            ? "op is missing, it names the operation"
            : "op is " + Shown.value(op) + ", allowed is a string");
  }

  private static Verdict refused(Header header, ErrorCode code, String message) {
    return new Verdict.Refused(Reply.refused(id(header), code, message));
  }

  /** Who gets an accepted request: a cancellation goes to whoever has what it is about. */
  Route destination(Request request, Route route) {
    if (request.op().equals(Operation.CANCEL.wire())
        && request.header().get("request") instanceof Long cancelled
        && inFlight.route(cancelled) instanceof Route.ToService other) {
      return other;
    }
    return route;
  }
}
