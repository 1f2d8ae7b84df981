package io.baozi.client;

import io.baozi.frame.Header;
import java.util.Locale;
import java.util.Objects;

/**
 * Which messages to look at.
 *
 * @param state that they are in
 * @param max messages at most, 1 or more
 * @param after the id of the message behind which to begin, to go on where the last look ended;
 *     null to begin with the first
 */
public record PeekOptions(State state, int max, Long after) {
  /** The first that is ready. */
  public static final PeekOptions DEFAULT = new PeekOptions(State.READY, 1, null);

  /** Where a message stands. */
  public enum State {
    /** To be had. */
    READY,
    /** Its time has not come. */
    DELAYED,
    /** Taken and not acknowledged. */
    RESERVED,
    /** Failed for good. */
    DEAD;

    /** The name as it stands in {@code state}. */
    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public PeekOptions {
    Objects.requireNonNull(state, "state");
    Ranges.require("max", max, 1, Integer.MAX_VALUE);
    Ranges.require("after", after, 0, Header.MAX_INTEGER);
  }

  /** The same for another state. */
  public PeekOptions withState(State state) {
    return new PeekOptions(state, max, after);
  }

  /** The same with another number of messages. */
  public PeekOptions withMax(int max) {
    return new PeekOptions(state, max, after);
  }

  /** The same, beginning behind another message. */
  public PeekOptions withAfter(Long after) {
    return new PeekOptions(state, max, after);
  }
}
