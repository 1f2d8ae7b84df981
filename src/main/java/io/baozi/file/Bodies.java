package io.baozi.file;

import io.baozi.message.Request;
import io.vertx.core.Future;

/** The bodies of requests that are refused. */
final class Bodies {
  private Bodies() {}

  /** Drops a body that nobody takes; completes at its end, however it comes. */
  static Future<Void> skip(Request request) {
    return request.inflow() == null
        ? Future.succeededFuture()
        : request.inflow().skip().otherwiseEmpty();
  }
}
