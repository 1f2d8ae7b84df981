package io.baozi.broker;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import io.baozi.message.Arguments;

/** The {@code wait} of requests, and what they are told when it ends without a grant. */
final class Waits {
  private Waits() {}

  /** The moment at which a request's wait runs out; never if it names none. */
  static long deadline(Arguments arguments, long now) {
    long wait = arguments.millis("wait", Alarms.NEVER, 0, Ranges.DURATION);
    return wait == Alarms.NEVER ? wait : now + wait;
  }

  /** What a request is told whose wait ended without it being served or running out. */
  static String message(Ending ending) {
    return switch (ending) {
      case GRANTED -> "granted";
      case TIMED_OUT -> "the wait ran out";
      case CANCELLED -> "the request was cancelled while it waited";
      case DELETED -> "what the request waited at was deleted";
      case SHUT_DOWN -> "the server is shutting down, the request was not carried out";
    };
  }
}
