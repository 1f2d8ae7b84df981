package io.baozi.client;

import java.util.List;

/**
 * Which of the dead get another chance.
 *
 * @param msgs their ids; null for any
 * @param max messages at most, 1 or more; null for no bound
 */
public record RedriveOptions(List<Long> msgs, Integer max) {
  /** All the dead. */
  public static final RedriveOptions ALL = new RedriveOptions(null, null);

  public RedriveOptions {
    msgs = msgs == null ? null : List.copyOf(msgs);
    Ranges.require("max", max, 1, Integer.MAX_VALUE);
  }

  /** The same for these messages. */
  public RedriveOptions withMsgs(List<Long> msgs) {
    return new RedriveOptions(msgs, max);
  }

  /** The same with another bound. */
  public RedriveOptions withMax(Integer max) {
    return new RedriveOptions(msgs, max);
  }
}
