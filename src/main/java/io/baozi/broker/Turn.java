package io.baozi.broker;

import io.baozi.bus.Departure;
import java.util.List;

/**
 * What came of one turn of the broker.
 *
 * @param departures what goes to each connection, in the order in which they first had something
 * @param due when the next turn is needed though nothing arrives; {@link Long#MAX_VALUE} if never
 * @param faults what went wrong inside, for the log
 */
record Turn(List<Addressed> departures, long due, List<Fault> faults) {
  /**
   * A departure and where it goes.
   *
   * @param handedOut bytes of messages in it, which the broker accounts for until they are written
   */
  record Addressed(String replyTo, Departure departure, long handedOut) {}

  /** A fault of the server, which its peer knows as {@code ref} only. */
  record Fault(String ref, String op, Throwable cause) {}
}
