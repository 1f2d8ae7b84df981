package io.baozi.net;

import io.baozi.message.Service;

/** Who carries an operation out. */
sealed interface Route {
  /** A service behind the event bus. */
  record ToService(Service service) implements Route {}

  /** A handler of the program that embeds the server. */
  record ToHandler(OperationHandler handler) implements Route {}
}
