package io.baozi.broker.queue;

import java.util.List;
import java.util.Locale;

/**
 * How a message came to be dead.
 *
 * @param queue in which it died
 * @param msg its id there
 * @param reason why
 * @param at when, in milliseconds since 1970
 * @param attempts how often it had been delivered
 * @param history of its last deliveries, oldest first
 */
public record Death(
    String queue, long msg, Reason reason, long at, int attempts, List<Return> history) {
  public Death {
    history = List.copyOf(history);
  }

  /** What a message dies of. */
  public enum Reason {
    /** It has been delivered as often as the queue allows. */
    ATTEMPTS,
    /** Whoever had it said so. */
    NACK;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
