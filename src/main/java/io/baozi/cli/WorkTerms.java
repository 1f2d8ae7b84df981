package io.baozi.cli;

import io.baozi.client.NackOptions;
import java.time.Duration;
import java.util.List;

/**
 * How messages are worked on.
 *
 * @param queues to take from, the first that has something
 * @param concurrency commands at once, at most
 * @param count messages to take, at most
 * @param waitFor a message, null for ever
 * @param isUntilEmpty whether the end of that wait is the end of the work, and no failure
 * @param ttr how long a message is reserved if this client falls silent, null for the queue's
 * @param delay of a message whose command failed, null for the queue's backoff
 * @param deadExit the exit code by which a command says that its message is dead, null for none
 */
record WorkTerms(
    List<String> queues,
    int concurrency,
    long count,
    Duration waitFor,
    boolean isUntilEmpty,
    Duration ttr,
    Duration delay,
    Integer deadExit) {
  /** What becomes of a message whose command has ended so. */
  Outcome outcome(int exit) {
    if (exit == 0) {
      return Outcome.DONE;
    }
    return deadExit != null && exit == deadExit ? Outcome.DEAD : Outcome.GIVEN_BACK;
  }

  /** How to give back a message of this outcome. */
  NackOptions nack(Outcome outcome) {
    return switch (outcome) {
      case GIVEN_BACK -> NackOptions.DEFAULT.withDelay(delay);
      case DEAD -> NackOptions.DEFAULT.withDead(true);
      case UNTOUCHED, DONE -> NackOptions.DEFAULT.withDelay(Duration.ZERO);
    };
  }

  /** What becomes of a message. */
  enum Outcome {
    /** It is acknowledged. */
    DONE("done"),
    /** It comes again later. */
    GIVEN_BACK("given back"),
    /** It does not come again. */
    DEAD("dead"),
    /** It comes again at once, since it is not its fault. */
    UNTOUCHED("given back");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
