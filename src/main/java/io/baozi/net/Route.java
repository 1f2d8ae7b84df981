package io.baozi.net;

import io.baozi.message.Service;

/** Who carries an operation out. */
sealed interface Route extends Verdict {
  /** What an answer may take beside its body, in bytes: a request is not accepted without room. */
  int answer();

  /**
   * A service behind the event bus.
   *
   * @param streamed whether it takes bodies as they arrive
   */
  record ToService(Service service, int answer, boolean streamed) implements Route {}

  /** Whether bodies are passed on as they arrive, and are not collected. */
  default boolean streamed() {
    return false;
  }

  /** A handler of the program that embeds the server. */
  record ToHandler(OperationHandler handler) implements Route {
    @Override
    public int answer() {
      return 512;
    }
  }
}
