package io.baozi.broker;

import static io.baozi.message.RefusedException.badRequest;

import io.baozi.message.Arguments;
import io.baozi.message.Request;
import java.util.List;

/** What the requests on queues have in common. */
final class Requests {
  /** What the protocol knows and this server does not do yet: better refused than lost. */
  private static final List<String> NOT_YET = List.of("fence");

  private Requests() {}

  /** Refuses an argument that must not be passed over. */
  static void requireKnown(Arguments arguments) {
    for (String key : NOT_YET) {
      if (arguments.has(key)) {
        throw badRequest(key + " is not supported by this version of the server");
      }
    }
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
