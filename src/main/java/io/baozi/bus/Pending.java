package io.baozi.bus;

import io.baozi.message.Request;
import java.util.Objects;

/** A request of a client's that the event bus has yet to settle. Known by identity. */
final class Pending {
  private final Request request;
  private final Runnable giveUp;

  /**
   * A request that waits.
   *
   * @param giveUp undoes what it asked of the bus, if its answer is no longer wanted
   */
  Pending(Request request, Runnable giveUp) {
    this.request = Objects.requireNonNull(request, "request");
    this.giveUp = Objects.requireNonNull(giveUp, "giveUp");
  }

  Request request() {
    return request;
  }

  void giveUp() {
    giveUp.run();
  }
}
