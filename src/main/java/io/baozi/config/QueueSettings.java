package io.baozi.config;

import java.time.Duration;

/**
 * What a queue is made with. A named queue takes from {@code queues.default} what it leaves out.
 */
public record QueueSettings(
    @Key(
            value = "10000",
            min = "1",
            max = "100000000",
            doc = "Messages that the queue holds; a put beyond waits for room.")
        int capacity,
    @Key(
            value = "60s",
            min = "1ms",
            max = "7d",
            doc = "How long a taken message stays reserved before it comes back.")
        Duration ttr) {

  /** Refuses what is out of range. */
  public QueueSettings {
    Row.check(QueueSettings.class, capacity, ttr);
  }
}
