package io.baozi.torture;

import java.util.List;

/**
 * One thing that a client has sent, got or seen, or that was done to the server. A number is that
 * of a message's content, an id the server's; moments are milliseconds since 1970.
 */
sealed interface Event {
  /** How a server ends. */
  enum End {
    KILLED,
    POWER_CUT,
    STOPPED
  }

  /** What is done to a queue as a whole. */
  enum Deed {
    DECLARE,
    PURGE,
    PURGE_DEAD,
    REDRIVE,
    DELETE,
    PAUSE,
    RESUME
  }

  /** Where a message stands. */
  enum State {
    READY,
    DELAYED,
    RESERVED,
    DEAD
  }

  /** What may befall a disk. */
  enum Fault {
    FULL_DISK,
    FAILED_WRITE,
    LITTLE_SPACE,
    /** Of the log. */
    FAILED_FORCE,
    /** Writes and forces of all but the log, which is noticed when the store comes to disk. */
    FAILED_STORE,
    SLOW_FORCE
  }

  /** A server serves. */
  record Started(int round, String sync) implements Event {}

  /** A server is no more. */
  record Ended(End how) implements Event {}

  /**
   * A put is on its way; of a batch one for each message.
   *
   * @param ttl in milliseconds, 0 for ever
   */
  record PutSent(
      String producer, long number, Plan queue, long priority, long delay, long ttl, long at)
      implements Event {}

  /** A put was accepted. */
  record PutKept(long number, long id, String durable) implements Event {}

  /** A put was refused. */
  record PutRefused(long number, String code) implements Event {}

  /**
   * A take is on its way.
   *
   * @param forGood how many messages it may remove unseen
   */
  record TakeSent(String taker, Plan queue, int forGood) implements Event {}

  /** It was answered or refused. */
  record TakeEnded(String taker, Plan queue, int forGood) implements Event {}

  /**
   * A message was taken.
   *
   * @param forGood whether it needs no ack
   * @param fault what is wrong with its content; empty if it is right
   */
  record Handed(
      String taker,
      Plan queue,
      long number,
      long id,
      int attempt,
      boolean forGood,
      long at,
      String fault)
      implements Event {}

  /** An ack is on its way. */
  record AckSent(long number) implements Event {}

  /** An ack was answered. */
  record Acked(long number, boolean held) implements Event {}

  /** A nack is on its way. */
  record NackSent(long number) implements Event {}

  /**
   * A nack was answered.
   *
   * @param attempt that has failed so
   * @param readyAt not to be had before; 0 if at once
   */
  record Nacked(Plan queue, long number, long id, int attempt, boolean dead, long readyAt)
      implements Event {}

  /** A deed is on its way. */
  record Asked(Plan queue, Deed deed) implements Event {}

  /** A deed was answered. */
  record Done(Plan queue, Deed deed) implements Event {}

  /** A lock was acquired. */
  record Granted(String lock, long token) implements Event {}

  /** A message that was seen, and left where it is. */
  record Sighting(State state, long number, long id, int attempt, String fault) {}

  /**
   * All that is in a queue, before anything is done to it.
   *
   * @param settings as the server tells them; empty if there is no such queue
   * @param messages those that are ready in the order in which they would be handed out
   */
  record Found(Plan queue, String settings, boolean paused, List<Sighting> messages)
      implements Event {}

  /** All queues were looked at. */
  record Looked(long at) implements Event {}

  /** Something befalls the disk from now on. */
  record FaultBegan(Fault fault) implements Event {}

  /** It is over. */
  record FaultEnded(Fault fault) implements Event {}

  /**
   * How the server bears a fault, when it has had time to.
   *
   * @param over whether the fault is over
   * @param put what became of a put: {@code ok} or a code
   * @param health what the server says
   */
  record Probed(Fault fault, boolean over, String put, String health) implements Event {}
}
