package io.baozi.net;

import io.baozi.message.Service;

/** Who carries an operation out. */
sealed interface Route extends Verdict {
  /** What an answer may take beside its body, in bytes: a request is not accepted without room. */
  int answer();

  /** A service behind the event bus. */
  record ToService(Service service, int answer) implements Route {}

  /** A handler of the program that embeds the server. */
  record ToHandler(OperationHandler handler) implements Route {
    @Override
    public int answer() {
      return 512;
    }
  }
}
