package io.baozi.broker.queue;

import java.util.Locale;

/**
 * How a delivery of a message ended that did not succeed.
 *
 * @param attempt which delivery it was, from 1
 * @param end what ended it
 * @param at when, in milliseconds since 1970
 */
public record Return(int attempt, End end, long at) {
  /** What may bring a message back. */
  public enum End {
    /** Whoever had it gave it back. */
    NACK,
    /** Its reservation ran out. */
    TTR,
    /** The session that held it ended. */
    SESSION;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
