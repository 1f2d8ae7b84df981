package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.broker.waiting.Memory;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Request;

/** What requests have in common. */
final class Requests {
  private Requests() {}

  /** Refuses what takes more memory than there is. */
  static void requireMemory(Memory memory, long bytes) {
    if (!memory.hasRoom(bytes)) {
      throw new RefusedException(
          ErrorCode.BUSY,
          "the server holds "
              + memory.used()
              + " of "
              + memory.limit()
              + " bytes (server.memory), this needs "
              + bytes
              + " more");
    }
  }

  /** Refuses a word that every request that changes something may carry, if it is none. */
  static void requireKnown(Arguments arguments) {
    arguments.flag("again");
  }

  /** Whether a request may have been sent before, under its id. */
  static boolean isAgain(Request request) {
    boolean again = request.arguments().flag("again");
    if (again && request.id() < 0) {
      throw badRequest("again is true, it goes with the id under which the request was sent");
    }
    return again;
  }
}
