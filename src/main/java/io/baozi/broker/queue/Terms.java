package io.baozi.broker.queue;

/**
 * What a put says of its messages beside their bytes.
 *
 * @param priority any number; the lowest is handed out first where the order is by priority
 * @param delay milliseconds before it is ready, 0 for none
 * @param ttl milliseconds that it lives, 0 for ever, {@link #QUEUE_TTL} for as long as the queue
 *     says
 */
public record Terms(long priority, long delay, long ttl) {
  /** As long as the queue's setting says. */
  public static final long QUEUE_TTL = -1;

  /** Priority 0, at once, the queue's ttl. */
  public static final Terms DEFAULT = new Terms(0, 0, QUEUE_TTL);
}
