package io.baozi.broker.queue;

import java.util.Objects;

/**
 * What a queue is told once. Durations are in milliseconds.
 *
 * @param order in which messages are handed out
 * @param capacity most messages, ready, delayed and reserved together, 1 or more
 * @param maxBytes most bytes of their bodies, 0 for no bound
 * @param durable whether it asks to be kept over a restart of the server
 * @param ttr how long a taken message is reserved unless the take says otherwise, 1 or more
 * @param attempts deliveries after which a message is dead, 0 for no limit
 * @param backoff the delay of a first nack that names none, 0 for none
 * @param ttl how long a message lives unless its put says otherwise, 0 for ever
 * @param deadLetter the queue that dead messages move to, null if they stay
 * @param dedup how long the key of a put is remembered, 0 for not at all once it is accepted
 */
public record Settings(
    Order order,
    int capacity,
    long maxBytes,
    boolean durable,
    long ttr,
    int attempts,
    long backoff,
    long ttl,
    String deadLetter,
    long dedup) {
  /** 10000 messages in the order of their puts, a minute to consume one, no other limit. */
  public static final Settings DEFAULT =
      new Settings(Order.FIFO, 10_000, 0, true, 60_000, 0, 0, 0, null, 120_000);

  public Settings {
    Objects.requireNonNull(order, "order");
    require("capacity", capacity, 1);
    require("maxBytes", maxBytes, 0);
    require("ttr", ttr, 1);
    require("attempts", attempts, 0);
    require("backoff", backoff, 0);
    require("ttl", ttl, 0);
    require("dedup", dedup, 0);
  }

  /** The same with another bound of bytes. */
  public Settings withMaxBytes(long most) {
    return new Settings(
        order, capacity, most, durable, ttr, attempts, backoff, ttl, deadLetter, dedup);
  }

  /** The same with the dead staying in the queue. */
  public Settings withoutDeadLetter() {
    return new Settings(
        order, capacity, maxBytes, durable, ttr, attempts, backoff, ttl, null, dedup);
  }

  private static void require(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed is " + least + " or more");
    }
  }
}
