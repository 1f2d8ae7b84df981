package io.baozi.client;

import java.time.Duration;

/**
 * How to give messages back.
 *
 * @param delay until they may be taken again; null for the queue's backoff
 * @param dead whether they go to the dead at once, whatever attempts they have left
 * @param fence null for none
 */
public record NackOptions(Duration delay, boolean dead, Fence fence) {
  /** After the queue's backoff. */
  public static final NackOptions DEFAULT = new NackOptions(null, false, null);

  public NackOptions {
    Ranges.requireNotNegative("delay", delay);
  }

  /** The same with another delay. */
  public NackOptions withDelay(Duration delay) {
    return new NackOptions(delay, dead, fence);
  }

  /** The same, with the messages dead at once, or not. */
  public NackOptions withDead(boolean dead) {
    return new NackOptions(delay, dead, fence);
  }

  /** The same with another fence. */
  public NackOptions withFence(Fence fence) {
    return new NackOptions(delay, dead, fence);
  }
}
