package io.baozi.client;

import java.util.Locale;

/** In which order a queue gives its messages. */
public enum QueueOrder {
  /** The oldest first. */
  FIFO,
  /** The newest first. */
  LIFO,
  /** The lowest priority first, then the oldest. */
  PRIORITY;

  /** The name as it stands in {@code order}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The order that is spelt so on the wire.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static QueueOrder of(String wire) {
    for (QueueOrder order : values()) {
      if (order.wire().equals(wire)) {
        return order;
      }
    }
    throw new IllegalArgumentException("no order is called " + wire);
  }
}
