package io.baozi.broker.waiting;

/** The ways in which a wait ends; each ends in exactly one. */
public enum Ending {
  /** What was waited for is there. */
  GRANTED,
  /** The wait ran out. */
  TIMED_OUT,
  /** Whoever waited asked for its end, or has gone. */
  CANCELLED,
  /** What was waited at has been deleted. */
  DELETED,
  /** The server drains. */
  SHUT_DOWN
}
