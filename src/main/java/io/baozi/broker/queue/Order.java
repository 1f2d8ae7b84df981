package io.baozi.broker.queue;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The order in which a queue hands out its messages. */
public enum Order {
  /** Oldest first. */
  FIFO {
    @Override
    boolean isBefore(long priorityA, long idA, long priorityB, long idB) {
      return idA < idB;
    }
  },
  /** Newest first. */
  LIFO {
    @Override
    boolean isBefore(long priorityA, long idA, long priorityB, long idB) {
      return idA > idB;
    }
  },
  /** Lowest number first, then oldest. */
  PRIORITY {
    @Override
    boolean isBefore(long priorityA, long idA, long priorityB, long idB) {
      return priorityA != priorityB ? priorityA < priorityB : idA < idB;
    }
  };

  /** Whether a message of this priority and id is handed out before another. */
  abstract boolean isBefore(long priorityA, long idA, long priorityB, long idB);

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The order of this name on the wire, if there is one. */
  public static Optional<Order> of(String wire) {
    return Stream.of(values()).filter(order -> order.wire().equals(wire)).findFirst();
  }
}
