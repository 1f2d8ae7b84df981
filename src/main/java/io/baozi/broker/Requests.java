package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.broker.waiting.Memory;
import io.baozi.message.Arguments;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import java.util.List;

/** What requests have in common. */
final class Requests {
  /** What the protocol knows and this server does not do yet: better refused than lost. */
  private static final List<String> NOT_YET = List.of("again");

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

  /** Refuses an argument that must not be passed over. */
  static void requireKnown(Arguments arguments) {
    for (String key : NOT_YET) {
      if (arguments.has(key)) {
        throw badRequest(key + " is not supported by this version of the server");
      }
    }
  }
}
