package io.baozi.broker;

import java.time.Duration;

/** The largest values that requests and settings may name; the protocol page lists them. */
final class Ranges {
  /** The longest duration, in milliseconds: a year. */
  static final long DURATION = Duration.ofDays(365).toMillis();

  /** The longest ttr, in milliseconds: a week. */
  static final long TTR = Duration.ofDays(7).toMillis();

  /** The longest backoff, in milliseconds: an hour. */
  static final long BACKOFF = Duration.ofHours(1).toMillis();

  /** The longest time that a key is remembered, in milliseconds: a week. */
  static final long DEDUP = Duration.ofDays(7).toMillis();

  /** The largest capacity, in messages. */
  static final int CAPACITY = 100_000_000;

  /** The most deliveries of a message that a queue may count. */
  static final int ATTEMPTS = 1_000_000;

  /** The most messages that one request may ask for, and the largest credit. */
  static final int MESSAGES = 1_000_000;

  /** The most queues that one take may name. */
  static final int QUEUES = 64;

  /** The largest limit of a semaphore. */
  static final int PERMITS = 1_000_000;

  /** The most parties of a barrier. */
  static final int PARTIES = 1_000_000;

  private Ranges() {}
}
