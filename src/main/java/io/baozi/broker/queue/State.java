package io.baozi.broker.queue;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a message of a queue is at one moment. */
public enum State {
  /** To be had. */
  READY,
  /** Not to be had before its moment comes. */
  DELAYED,
  /** Taken, and not acknowledged. */
  RESERVED,
  /** Failed for good; kept until it is redriven or purged, and not counted in the capacity. */
  DEAD;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of this name on the wire, if there is one. */
  public static Optional<State> of(String wire) {
    return Stream.of(values()).filter(state -> state.wire().equals(wire)).findFirst();
  }
}
