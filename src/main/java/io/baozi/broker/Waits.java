package io.baozi.broker;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import java.util.function.Supplier;

/** The {@code wait} of requests, and what they are told when it ends without a grant. */
final class Waits {
  private Waits() {}

  /** The moment at which a request's wait runs out; never if it names none. */
  static long deadline(Arguments arguments, long now) {
    long wait = arguments.millis("wait", Alarms.NEVER, 0, Ranges.DURATION);
    return wait == Alarms.NEVER ? wait : now + wait;
  }

  /** The code of the answer to a request whose wait ended otherwise than granted. */
  static ErrorCode code(Ending ending, ErrorCode timedOut) {
    return switch (ending) {
      case GRANTED -> throw new IllegalStateException("what was granted is no error");
      case TIMED_OUT -> timedOut;
      case CANCELLED -> ErrorCode.CANCELLED;
      case DELETED -> ErrorCode.NOT_FOUND;
      case DEADLOCK -> ErrorCode.DEADLOCK;
      case BROKEN -> ErrorCode.BROKEN;
      case FENCED -> ErrorCode.FENCED;
      case NOT_KEPT -> ErrorCode.BUSY;
      case SHUT_DOWN -> ErrorCode.SHUTTING_DOWN;
    };
  }

  /**
   * What a request is told whose wait ended otherwise than granted.
   *
   * @param timedOut what it is told if the wait ran out
   * @param object that it waited at, kind and name
   */
  static String message(Ending ending, Supplier<String> timedOut, String object) {
    return switch (ending) {
      case GRANTED -> "granted";
      case TIMED_OUT -> timedOut.get();
      case CANCELLED -> "the request was cancelled while it waited";
      case DELETED -> object + " was deleted while the request waited";
      case DEADLOCK -> "to wait for " + object + " would close a cycle of waits";
      case BROKEN -> "a party left " + object + " while the request waited";
      case FENCED ->
          "while the request waited its fence went stale: that lock is held no longer so";
      case NOT_KEPT -> "what the request would change cannot be kept";
      case SHUT_DOWN -> "the server is shutting down, the request was not carried out";
    };
  }
}
