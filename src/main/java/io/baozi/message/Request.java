package io.baozi.message;

import io.baozi.frame.Header;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;

/**
 * A request on its way to whoever carries it out.
 *
 * @param id under which it is answered; positive if its sender gave it, negative (and unique on the
 *     connection) if the sender wants no answer
 * @param op its operation, as on the wire
 * @param header the frame's, with its arguments
 * @param body may be empty
 * @param inflow through which the body comes if it is streamed and was not at hand in one piece;
 *     else null
 */
public record Request(long id, String op, Header header, Buffer body, Inflow inflow) {
  private static final Buffer EMPTY = Buffer.buffer(0);

  public Request {
    Objects.requireNonNull(op, "op");
    Objects.requireNonNull(header, "header");
    Objects.requireNonNull(body, "body");
  }

  /** A request whose body is at hand. */
  public Request(long id, String op, Header header, Buffer body) {
    this(id, op, header, body, null);
  }

  /** A request whose body is on its way. */
  public Request(long id, String op, Header header, Inflow inflow) {
    this(id, op, header, EMPTY, Objects.requireNonNull(inflow, "inflow"));
  }

  /** How long its body is, or was announced to be if it was too long to be kept. */
  public long size() {
    return inflow == null ? Math.max(header.size(), body.length()) : inflow.length();
  }

  /**
   * Refuses a body that was too long to be kept.
   *
   * @throws RefusedException with {@code too_large} if the body is longer than {@code maxMessage}
   */
  public void requireSize(int maxMessage) {
    if (size() > maxMessage) {
      throw new RefusedException(
          ErrorCode.TOO_LARGE,
          "the body has " + size() + " bytes, allowed are " + maxMessage + " (maxMessage)");
    }
  }

  /** Its arguments, with types. */
  public Arguments arguments() {
    return new Arguments(header);
  }

  /** The answer that it went well, with these fields. */
  public Reply ok(Object... fields) {
    return Reply.ok(id, fields);
  }

  /** The answer that it is refused, as thrown. */
  public Reply refused(RefusedException refusal) {
    return refused(refusal.code(), refusal.getMessage());
  }

  /** The answer that the server is at fault; {@code ref} finds the cause in its log. */
  public Reply faulted(String ref) {
    return refused(ErrorCode.INTERNAL, "a fault of the server; its log has it under " + ref);
  }

  /** The answer that it is refused. */
  public Reply refused(ErrorCode code, String message) {
    return Reply.refused(id, code, message);
  }
}
