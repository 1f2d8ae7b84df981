package io.baozi.client;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/**
 * How to put.
 *
 * @param waitFor for room; null for the client's default
 * @param headers an object that travels with the message; null for none
 * @param priority in a queue ordered by it, the lowest is first; from -(2^53-1) to 2^53-1
 * @param delay until the message may be taken; null for none
 * @param ttl how long the message is worth anything, counted from the put, 0 for ever; null for the
 *     queue's setting
 * @param key by which the server knows a put that it has seen: a second one within the queue's
 *     {@code dedup} adds nothing and is answered as the first; null for none
 * @param fence null for none
 */
public record PutOptions(
    Duration waitFor,
    Json headers,
    long priority,
    Duration delay,
    Duration ttl,
    String key,
    Fence fence) {
  /** The client's waitFor, no headers, priority 0, no delay, the queue's ttl, no key, no fence. */
  public static final PutOptions DEFAULT = new PutOptions(null, null, 0, null, null, null, null);

  public PutOptions {
    if (headers != null && !headers.isObject()) {
      throw new IllegalArgumentException("headers are " + headers + ", they must be an object");
    }
    Ranges.requireWait("waitFor", waitFor);
    Ranges.require("priority", priority, -Header.MAX_INTEGER, Header.MAX_INTEGER);
    Ranges.requireNotNegative("delay", delay);
    Ranges.requireNotNegative("ttl", ttl);
  }

  /** The same with another wait. */
  public PutOptions withWait(Duration waitFor) {
    return new PutOptions(waitFor, headers, priority, delay, ttl, key, fence);
  }

  /** The same with other headers. */
  public PutOptions withHeaders(Json headers) {
    return new PutOptions(waitFor, headers, priority, delay, ttl, key, fence);
  }

  /** The same with another priority. */
  public PutOptions withPriority(long priority) {
    return new PutOptions(waitFor, headers, priority, delay, ttl, key, fence);
  }

  /** The same with another delay. */
  public PutOptions withDelay(Duration delay) {
    return new PutOptions(waitFor, headers, priority, delay, ttl, key, fence);
  }

  /** The same with another ttl. */
  public PutOptions withTtl(Duration ttl) {
    return new PutOptions(waitFor, headers, priority, delay, ttl, key, fence);
  }

  /** The same with another key. */
  public PutOptions withKey(String key) {
    return new PutOptions(waitFor, headers, priority, delay, ttl, key, fence);
  }

  /** The same with another fence. */
  public PutOptions withFence(Fence fence) {
    return new PutOptions(waitFor, headers, priority, delay, ttl, key, fence);
  }

  /** Whether these differ in no more than the key. */
  boolean isLike(PutOptions other) {
    return priority == other.priority
        && Objects.equals(waitFor, other.waitFor)
        && Objects.equals(headers, other.headers)
        && Objects.equals(delay, other.delay)
        && Objects.equals(ttl, other.ttl)
        && Objects.equals(fence, other.fence);
  }

  /**
   * The arguments of a put with these options but for the key, keys and values in turn.
   *
   * @param wait for room: what the options say, or the client if they say nothing
   * @param more keys and values behind them
   */
  Object[] arguments(String queue, Duration wait, Object... more) {
    Object[] own = {
      "queue",
      queue,
      "wait",
      Ranges.millis(wait),
      "headers",
      headers,
      "priority",
      priority == 0 ? null : priority,
      "delay",
      Ranges.millis(delay),
      "ttl",
      Ranges.millis(ttl),
      "fence",
      Fence.json(fence)
    };
    Object[] all = Arrays.copyOf(own, own.length + more.length);
    System.arraycopy(more, 0, all, own.length, more.length);
    return all;
  }
}
