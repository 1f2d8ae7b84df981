package io.baozi.client;

import java.time.Duration;

/**
 * What a queue is to be; what is null is left as it stands, or to the server's default for a queue
 * that is made.
 *
 * @param order in which it gives its messages
 * @param capacity messages that it holds, 1 or more
 * @param durable whether its messages outlive the server
 * @param ttr how long a taken message is reserved, 1 ms or more
 * @param attempts deliveries after which a message is dead, 0 for no limit
 * @param backoff the first delay of a message given back without one, 0 for none; it doubles
 * @param ttl how long a message is worth anything, 0 for ever
 * @param deadLetter the queue that its dead go to, empty for none
 * @param dedup how long a put's key is remembered, 0 for not at all
 */
public record QueueDeclaration(
    QueueOrder order,
    Long capacity,
    Boolean durable,
    Duration ttr,
    Long attempts,
    Duration backoff,
    Duration ttl,
    String deadLetter,
    Duration dedup) {
  /** Whatever it is, or is by default. */
  public static final QueueDeclaration DEFAULT =
      new QueueDeclaration(null, null, null, null, null, null, null, null, null);

  public QueueDeclaration {
    Ranges.require("capacity", capacity, 1, Integer.MAX_VALUE);
    Ranges.requirePositive("ttr", ttr);
    Ranges.require("attempts", attempts, 0, Integer.MAX_VALUE);
    Ranges.requireNotNegative("backoff", backoff);
    Ranges.requireNotNegative("ttl", ttl);
    Ranges.requireNotNegative("dedup", dedup);
  }

  /** The same in another order. */
  public QueueDeclaration withOrder(QueueOrder order) {
    return new QueueDeclaration(
        order, capacity, durable, ttr, attempts, backoff, ttl, deadLetter, dedup);
  }

  /** The same with another capacity. */
  public QueueDeclaration withCapacity(long capacity) {
    return new QueueDeclaration(
        order, capacity, durable, ttr, attempts, backoff, ttl, deadLetter, dedup);
  }

  /** The same, durable or not. */
  public QueueDeclaration withDurable(boolean durable) {
    return new QueueDeclaration(
        order, capacity, durable, ttr, attempts, backoff, ttl, deadLetter, dedup);
  }

  /** The same with another ttr. */
  public QueueDeclaration withTtr(Duration ttr) {
    return new QueueDeclaration(
        order, capacity, durable, ttr, attempts, backoff, ttl, deadLetter, dedup);
  }

  /** The same with another number of attempts. */
  public QueueDeclaration withAttempts(long attempts) {
    return new QueueDeclaration(
        order, capacity, durable, ttr, attempts, backoff, ttl, deadLetter, dedup);
  }

  /** The same with another backoff. */
  public QueueDeclaration withBackoff(Duration backoff) {
    return new QueueDeclaration(
        order, capacity, durable, ttr, attempts, backoff, ttl, deadLetter, dedup);
  }

  /** The same with another ttl. */
  public QueueDeclaration withTtl(Duration ttl) {
    return new QueueDeclaration(
        order, capacity, durable, ttr, attempts, backoff, ttl, deadLetter, dedup);
  }

  /** The same with another queue for the dead. */
  public QueueDeclaration withDeadLetter(String deadLetter) {
    return new QueueDeclaration(
        order, capacity, durable, ttr, attempts, backoff, ttl, deadLetter, dedup);
  }

  /** The same with another memory for keys. */
  public QueueDeclaration withDedup(Duration dedup) {
    return new QueueDeclaration(
        order, capacity, durable, ttr, attempts, backoff, ttl, deadLetter, dedup);
  }

  /** The arguments of a declaration but for the queue, keys and values in turn. */
  Object[] arguments() {
    return new Object[] {
      "order",
      order == null ? null : order.wire(),
      "capacity",
      capacity,
      "durable",
      durable,
      "ttr",
      Ranges.millis(ttr),
      "attempts",
      attempts,
      "backoff",
      Ranges.millis(backoff),
      "ttl",
      Ranges.millis(ttl),
      "deadLetter",
      deadLetter,
      "dedup",
      Ranges.millis(dedup)
    };
  }
}
