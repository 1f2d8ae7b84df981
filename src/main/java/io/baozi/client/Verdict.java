package io.baozi.client;

import io.baozi.message.Operation;
import java.time.Duration;

/**
 * What becomes of messages in hand: done, given back, or held for longer.
 *
 * @param operation that says so to the server
 * @param counted where the answer says of how many messages it became so
 * @param delay of those given back, in milliseconds; null for the queue's backoff
 * @param dead whether those given back are dead at once; null if not
 * @param ttr of those held for longer, in milliseconds; null for as long as they were taken for
 * @param fence null for none
 */
record Verdict(
    Operation operation, String counted, Long delay, Boolean dead, Long ttr, Fence fence) {
  /** Done. */
  static final Verdict ACK = ack(null);

  /** Given back, for the queue to say when they come again. */
  static final Verdict NACK = nack(NackOptions.DEFAULT);

  /** Given back untouched: others get them at once, though the delivery counts as an attempt. */
  static final Verdict RETURN = nack(NackOptions.DEFAULT.withDelay(Duration.ZERO));

  /** Held for as long again as they were taken for. */
  static final Verdict TOUCH = touch(null, null);

  /** What a handler's failure comes to, or its success if that is null. */
  static Verdict of(Throwable failure) {
    if (failure == null) {
      return ACK;
    }
    return failure instanceof NackException nack ? nack(nack.options()) : NACK;
  }

  static Verdict ack(Fence fence) {
    return new Verdict(Operation.QUEUE_ACK, "acked", null, null, null, fence);
  }

  static Verdict nack(NackOptions options) {
    return new Verdict(
        Operation.QUEUE_NACK,
        "nacked",
        Ranges.millis(options.delay()),
        options.dead() ? true : null,
        null,
        options.fence());
  }

  static Verdict touch(Duration ttr, Fence fence) {
    return new Verdict(Operation.QUEUE_TOUCH, "touched", null, null, Ranges.millis(ttr), fence);
  }
}
