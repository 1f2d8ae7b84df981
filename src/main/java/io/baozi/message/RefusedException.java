package io.baozi.message;

import java.util.Objects;

/**
 * A request is refused, or was: an expected outcome that carries a code and a sentence for a
 * person, and no stack trace. The server throws it to answer a request; the client fails a call's
 * future with it.
 */
public sealed class RefusedException extends RuntimeException permits DeadlockException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /** A refusal with this code and this sentence. */
  public RefusedException(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = Objects.requireNonNull(code, "code");
  }

  /** An argument is missing, of the wrong type or out of range. */
  public static RefusedException badRequest(String message) {
    return new RefusedException(ErrorCode.BAD_REQUEST, message);
  }

  /** The code; stable, where the message is not. */
  public ErrorCode code() {
    return code;
  }
}
