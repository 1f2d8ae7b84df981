package io.baozi.broker;

import io.baozi.broker.queue.Message;
import io.baozi.frame.FrameLimits;

/** The room for messages in one frame, by the limits of header and body. */
final class FrameRoom {
  /** What an entry of {@code msgs} and its place in {@code sizes} take of a header, in bytes. */
  private static final int ENTRY = 72;

  /** What the rest of the header may take: the queue's name, escaped, is the most of it. */
  private static final int REST = 6 * 1024;

  private long body;
  private long header;

  FrameRoom(FrameLimits limits) {
    body = limits.maxMessage();
    header = (long) limits.maxHeader() - REST;
  }

  /** Gives a message its room; false if there is not enough left. */
  boolean take(Message message) {
    body -= message.content().length();
    header -= (long) ENTRY + message.content().headersLength();
    return body >= 0 && header >= 0;
  }
}
