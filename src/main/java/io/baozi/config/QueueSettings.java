package io.baozi.config;

import java.time.Duration;

/**
 * What a queue is made with. A named queue takes from {@code queues.default} what it leaves out;
 * {@code deadLetter} is null where the dead stay in the queue.
 */
public record QueueSettings(
    @Key(
            value = "fifo",
            doc =
                "The order in which messages are handed out: oldest, newest or lowest priority"
                    + " number first.")
        QueueOrder order,
    @Key(
            value = "10000",
            min = "1",
            max = "100000000",
            doc = "Messages that the queue holds; a put beyond waits for room.")
        int capacity,
    @Key(
            value = "0",
            min = "0",
            bytes = true,
            doc =
                "Bytes that the bodies of ready, delayed and reserved messages may have together;"
                    + " 0 is no bound.")
        long maxBytes,
    @Key(
            value = "true",
            doc =
                "Whether messages outlive the server: then they are on disk, and the answer to each"
                    + " put says so.")
        boolean durable,
    @Key(
            value = "60s",
            min = "1ms",
            max = "7d",
            doc = "How long a taken message stays reserved before it comes back.")
        Duration ttr,
    @Key(
            value = "0",
            min = "0",
            max = "1000000",
            doc = "Deliveries after which a message that comes back is dead; 0 is no limit.")
        int attempts,
    @Key(
            value = "0",
            min = "0",
            max = "1h",
            doc =
                "Until a message that was given back may be taken again, if whoever gave it back"
                    + " does not say; it doubles with each attempt, up to an hour.")
        Duration backoff,
    @Key(
            value = "0",
            min = "0",
            max = "365d",
            doc = "How long a message lives unless its put says otherwise; 0 is for ever.")
        Duration ttl,
    @Key(
            name = true,
            other = true,
            doc = "The queue that dead messages move to; without one they stay, and can be seen.")
        String deadLetter,
    @Key(
            value = "2m",
            min = "0",
            max = "7d",
            doc = "How long the key of a put is remembered, so that a second one adds nothing.")
        Duration dedup) {

  /** Refuses what is out of range. */
  public QueueSettings {
    Row.check(
        QueueSettings.class,
        order,
        capacity,
        maxBytes,
        durable,
        ttr,
        attempts,
        backoff,
        ttl,
        deadLetter,
        dedup);
  }

  /** The same for a queue whose dead stay in it. */
  QueueSettings withoutDeadLetter() {
    return new QueueSettings(
        order, capacity, maxBytes, durable, ttr, attempts, backoff, ttl, null, dedup);
  }

  /** Refuses a queue of this name whose dead would go to itself. */
  void requireOther(String name) {
    if (name.equals(deadLetter)) {
      throw new Refused(
          "queues: the deadLetter of %s is the queue itself".formatted(Spelling.of(name)));
    }
  }
}
