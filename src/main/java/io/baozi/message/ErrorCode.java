package io.baozi.message;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The errors that a request may be answered with; a closed list, spelt the same on the wire. */
public enum ErrorCode {
  /** The framing is broken; the connection closes. */
  BAD_FRAME,
  /** An argument is missing, of the wrong type or out of range. */
  BAD_REQUEST,
  /** No such operation. */
  UNKNOWN_OP,
  /** Not authenticated. */
  UNAUTHORIZED,
  /** Not allowed. */
  FORBIDDEN,
  /** No such object. */
  NOT_FOUND,
  /** The object exists with other settings. */
  CONFLICT,
  /** No room to put within the wait. */
  FULL,
  /** Nothing to take within the wait. */
  EMPTY,
  /** The wait for anything else ran out. */
  TIMEOUT,
  /** Over a limit. */
  TOO_LARGE,
  /** The server sheds load. */
  BUSY,
  /** Not held: never, no longer, or the lease ran out. */
  NOT_OWNER,
  /** The wait would close a cycle of waits. */
  DEADLOCK,
  /** A party left the barrier. */
  BROKEN,
  /** The request's fence is stale. */
  FENCED,
  /** The request or task was cancelled. */
  CANCELLED,
  /** The task ended in failure. */
  FAILED,
  /** A checksum did not match. */
  CORRUPT,
  /** The server drains. */
  SHUTTING_DOWN,
  /** A fault of the server. */
  INTERNAL;

  private static final Map<String, ErrorCode> BY_WIRE =
      Stream.of(values()).collect(Collectors.toMap(ErrorCode::wire, code -> code));

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The code as it stands in an answer, for example {@code bad_request}. */
  public String wire() {
    return wire;
  }

  /** The code that is spelt so on the wire, if there is one. */
  public static Optional<ErrorCode> of(String wire) {
    return Optional.ofNullable(BY_WIRE.get(wire));
  }
}
