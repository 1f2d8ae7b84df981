package io.baozi.broker.queue;

/**
 * What a queue is told once.
 *
 * @param capacity most messages, ready and reserved together, 1 or more
 * @param ttr how long a taken message is reserved unless the take says otherwise, in milliseconds,
 *     1 or more
 */
public record Settings(int capacity, long ttr) {
  /** 10000 messages, a minute. */
  public static final Settings DEFAULT = new Settings(10_000, 60_000);

  public Settings {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity is " + capacity + ", allowed is 1 or more");
    }
    if (ttr < 1) {
      throw new IllegalArgumentException("ttr is " + ttr + ", allowed is 1 or more");
    }
  }
}
