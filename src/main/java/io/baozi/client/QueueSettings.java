package io.baozi.client;

import io.baozi.message.Reply;
import java.time.Duration;
import java.util.Objects;

/**
 * What a queue is.
 *
 * @param queue its name
 * @param order in which it gives its messages
 * @param capacity messages that it holds
 * @param maxBytes bytes of their bodies that it holds, 0 for no bound
 * @param durable whether its messages outlive the server
 * @param ttr how long a taken message is reserved
 * @param attempts deliveries after which a message is dead, 0 for no limit
 * @param backoff the first delay of a message given back without one
 * @param ttl how long a message is worth anything; null for ever
 * @param deadLetter the queue that its dead go to; null for none
 * @param dedup how long a put's key is remembered
 */
public record QueueSettings(
    String queue,
    QueueOrder order,
    long capacity,
    long maxBytes,
    boolean durable,
    Duration ttr,
    long attempts,
    Duration backoff,
    Duration ttl,
    String deadLetter,
    Duration dedup) {

  /** The answer to a declaration of this queue. */
  static QueueSettings of(String queue, Reply reply) {
    Answer answer = reply.header().json().as(Answer.class);
    return new QueueSettings(
        queue,
        QueueOrder.of(answer.order),
        answer.capacity,
        answer.maxBytes,
        answer.durable,
        Duration.ofMillis(Objects.requireNonNull(answer.ttr, "ttr")),
        answer.attempts,
        Duration.ofMillis(answer.backoff),
        answer.ttl == 0 ? null : Duration.ofMillis(answer.ttl),
        answer.deadLetter == null || answer.deadLetter.isEmpty() ? null : answer.deadLetter,
        Duration.ofMillis(answer.dedup));
  }

  /** The settings as they go on the wire. */
  private record Answer(
      String order,
      long capacity,
      long maxBytes,
      boolean durable,
      Long ttr,
      long attempts,
      long backoff,
      long ttl,
      String deadLetter,
      long dedup) {}
}
