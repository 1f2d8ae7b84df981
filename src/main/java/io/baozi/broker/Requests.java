package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.message.Arguments;
import java.util.List;

/** What the requests on queues have in common. */
final class Requests {
  /** What the protocol knows and this server does not do yet: better refused than lost. */
  private static final List<String> NOT_YET = List.of("fence", "again");

  private Requests() {}

  /** Refuses an argument that must not be passed over. */
  static void requireKnown(Arguments arguments) {
    for (String key : NOT_YET) {
      if (arguments.has(key)) {
        throw badRequest(key + " is not supported by this version of the server");
      }
    }
  }
}
