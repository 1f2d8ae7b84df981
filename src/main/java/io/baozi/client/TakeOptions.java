package io.baozi.client;

import java.time.Duration;

/**
 * How to take.
 *
 * @param max messages at most, 1 or more; fewer come if fewer are ready or the server's {@code
 *     maxMessage} holds no more
 * @param waitFor for the first message; null for the client's default
 * @param ttr how long the messages are reserved; null for the queue's setting
 * @param autoAck whether they are removed at once, with no need to ack and no way back: what is
 *     answered after the client has given the take up is lost
 * @param fence null for none
 */
public record TakeOptions(int max, Duration waitFor, Duration ttr, boolean autoAck, Fence fence) {
  /** One message, with the client's wait and the queue's ttr. */
  public static final TakeOptions ONE = new TakeOptions(1, null, null, false, null);

  public TakeOptions {
    Ranges.require("max", max, 1, Integer.MAX_VALUE);
    Ranges.requireWait("waitFor", waitFor);
    Ranges.requirePositive("ttr", ttr);
  }

  /** The same with another number of messages. */
  public TakeOptions withMax(int max) {
    return new TakeOptions(max, waitFor, ttr, autoAck, fence);
  }

  /** The same with another wait. */
  public TakeOptions withWait(Duration waitFor) {
    return new TakeOptions(max, waitFor, ttr, autoAck, fence);
  }

  /** The same with another ttr. */
  public TakeOptions withTtr(Duration ttr) {
    return new TakeOptions(max, waitFor, ttr, autoAck, fence);
  }

  /** The same, with the messages removed as they are taken, or not. */
  public TakeOptions withAutoAck(boolean autoAck) {
    return new TakeOptions(max, waitFor, ttr, autoAck, fence);
  }

  /** The same with another fence. */
  public TakeOptions withFence(Fence fence) {
    return new TakeOptions(max, waitFor, ttr, autoAck, fence);
  }
}
