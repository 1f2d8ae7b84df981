package io.baozi.broker;

import io.baozi.bus.Departure;
import java.util.List;

/**
 * What came of one turn of the broker.
 *
 * @param departures what goes to each connection, in the order in which they first had something
 * @param due when the next turn is needed though nothing arrives; {@link Long#MAX_VALUE} if never
 * @param changes what is to be kept
 * @param faults what went wrong inside, for the log
 */
record Turn(List<Addressed> departures, long due, Changes.OfTurn changes, List<Fault> faults) {
  /**
   * A departure and where it goes.
   *
   * @param pier of the connection that it is for
   * @param handedOut bytes of messages in it, which the broker accounts for until they are written
   * @param parcels those among its replies that may have to wait
   */
  record Addressed(Pier pier, Departure departure, long handedOut, List<Posted> parcels) {}

  /**
   * A parcel and where its reply is.
   *
   * @param at place among the replies of the departure, from 0
   */
  record Posted(int at, Parcel parcel) {}

  /** A fault of the server, which its peer knows as {@code ref} only. */
  record Fault(String ref, String op, Throwable cause) {}
}
