package io.baozi.client;

import java.time.Duration;

/**
 * How to consume.
 *
 * @param credit messages that may be in hand at once, 1 to 1000000
 * @param ttr how long a message is reserved for if the client falls silent, since it is touched as
 *     long as its handler runs; null for the queue's setting
 */
public record ConsumeOptions(int credit, Duration ttr) {
  /** 64 messages in hand, reserved as the queue is set. */
  public static final ConsumeOptions DEFAULT = new ConsumeOptions(64, null);

  public ConsumeOptions {
    Ranges.require("credit", credit, 1, 1_000_000);
    Ranges.requirePositive("ttr", ttr);
  }

  /** The same with another credit. */
  public ConsumeOptions withCredit(int credit) {
    return new ConsumeOptions(credit, ttr);
  }

  /** The same with another ttr. */
  public ConsumeOptions withTtr(Duration ttr) {
    return new ConsumeOptions(credit, ttr);
  }
}
