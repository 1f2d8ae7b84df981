package io.baozi.client;

import java.time.Duration;

/**
 * How to give messages back.
 *
 * @param delay until they may be taken again; null for the queue's backoff
 * @param dead whether they go to the dead at once, whatever attempts they have left
 */
public record NackOptions(Duration delay, boolean dead) {
  /** After the queue's backoff. */
  public static final NackOptions DEFAULT = new NackOptions(null, false);

  public NackOptions {
    Ranges.requireNotNegative("delay", delay);
  }

  /** The same with another delay. */
  public NackOptions withDelay(Duration delay) {
    return new NackOptions(delay, dead);
  }

  /** The same, with the messages dead at once, or not. */
  public NackOptions withDead(boolean dead) {
    return new NackOptions(delay, dead);
  }
}
