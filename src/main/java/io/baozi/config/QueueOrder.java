package io.baozi.config;

/** The order in which a queue hands out its messages. */
public enum QueueOrder {
  /** Oldest first. */
  FIFO,
  /** Newest first. */
  LIFO,
  /** Lowest number first, then oldest. */
  PRIORITY
}
