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
  /** It would have closed a cycle of waits. */
  DEADLOCK,
  /** What it waited with others for was broken off by one of them. */
  BROKEN,
  /** What it was asked under holds no longer. */
  FENCED,
  /** What it would change cannot be kept. */
  NOT_KEPT,
  /** The server drains. */
  SHUT_DOWN
}
