package io.baozi.net;

import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Future;

/** Carries out an operation of a program's own. */
@FunctionalInterface
public interface OperationHandler {
  /**
   * Answers a request; called on the connection's event loop, which it must not block.
   *
   * @param request whose body is whole
   * @return the answer, made with {@link Request#ok} or {@link Request#refused}; one that fails
   *     with a {@link io.baozi.message.RefusedException} is told as such, any other failure is
   *     {@code internal}
   */
  Future<Reply> handle(Request request);
}
