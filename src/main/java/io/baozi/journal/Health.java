package io.baozi.journal;

import java.util.Objects;

/**
 * How a journal is.
 *
 * @param message a sentence for people: what is wrong and what to do; empty if all is well
 */
public record Health(State state, String message) {
  /** What may be. */
  public enum State {
    /** What is written is kept. */
    WELL,
    /** The disk has little space left: what needs more is to be refused until it has. */
    SPACE_SHORT,
    /** A write has failed; it is tried again, and nothing is known to be kept meanwhile. */
    WRITE_FAILED,
    /** A force has failed: what is on disk is not known, and only a restart finds out. */
    FORCE_FAILED
  }

  /** All is well. */
  public static final Health WELL = new Health(State.WELL, "");

  public Health {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(message, "message");
  }

  /** Whether something new may be kept. */
  public boolean takesMore() {
    return state == State.WELL;
  }

  /** Whether what is written now may be kept. */
  public boolean keeps() {
    return state == State.WELL || state == State.SPACE_SHORT;
  }
}
