package io.baozi.message;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.Optional;

/**
 * What the server sends: the answer to a request, or a push.
 *
 * @param id of the request it answers; 0 for a push and for what answers no request that can be
 *     named; negative if the request wants no answer, so that this is not sent
 * @param header as it goes on the wire, {@code id} and {@code ok} included
 * @param body may be empty
 * @param region the part of a file that is the body in its stead, null for none; it belongs to
 *     whoever has the reply
 */
public record Reply(long id, Header header, Buffer body, Region region) {
  private static final Buffer EMPTY = Buffer.buffer(0);

  public Reply {
    Objects.requireNonNull(header, "header");
    Objects.requireNonNull(body, "body");
  }

  /** A reply whose body is at hand. */
  public Reply(long id, Header header, Buffer body) {
    this(id, header, body, null);
  }

  /** The answer that a request went well, with these keys and values in turn. */
  public static Reply ok(long id, Object... fields) {
    Object[] all = new Object[fields.length + 4];
    all[0] = "id";
    all[1] = id;
    all[2] = "ok";
    all[3] = true;
    System.arraycopy(fields, 0, all, 4, fields.length);
    return new Reply(id, Header.of(all), EMPTY);
  }

  /** The answer that a request is refused; without a positive id the answer carries none. */
  public static Reply refused(long id, ErrorCode code, String message) {
    return new Reply(
        id,
        Header.of(
            "id",
            id > 0 ? id : null,
            "ok",
            false,
            "error",
            code.wire(),
            "message",
            Objects.requireNonNull(message, "message")),
        EMPTY);
  }

  /** A frame that answers nothing. */
  public static Reply push(String op, Object... fields) {
    return new Reply(0, Header.of("op", op).with(fields), EMPTY);
  }

  /** This reply with more fields, keys and values in turn. */
  public Reply with(Object... fields) {
    return new Reply(id, header.with(fields), body, region);
  }

  /** This reply with a body. */
  public Reply withBody(Buffer body) {
    return new Reply(id, header, body);
  }

  /** This reply with a part of a file as its body. */
  public Reply withRegion(Region region) {
    return new Reply(id, header, EMPTY, region);
  }

  /** Nobody will have it: what is open of it is closed. */
  public void discard() {
    if (region != null) {
      region.close();
    }
  }

  /** Reads a frame from the server. */
  public static Reply read(Header header, Buffer body) {
    return new Reply(header.get("id") instanceof Long id ? id : 0, header, body);
  }

  /** Whether this answers a request that went well. */
  public boolean isOk() {
    return header.get("ok") instanceof Boolean ok && ok;
  }

  /** Whether this answers nothing. */
  public boolean isPush() {
    return header.get("ok") == null;
  }

  /** Why the request was refused, if it was. */
  public Optional<RefusedException> refusal() {
    if (isPush() || isOk()) {
      return Optional.empty();
    }
    String error = header.text("error");
    String message = header.text("message");
    ErrorCode code = error == null ? null : ErrorCode.of(error).orElse(null);
    if (code == null) {
      return Optional.of(
          new RefusedException(ErrorCode.INTERNAL, "unknown error " + error + ": " + message));
    }
    String sentence = message == null ? code.wire() : message;
    return Optional.of(
        code == ErrorCode.DEADLOCK && header.get("cycle") instanceof Json cycle
            ? DeadlockException.of(sentence, cycle)
            : new RefusedException(code, sentence));
  }
}
