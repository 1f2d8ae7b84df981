package io.baozi.broker.queue;

/**
 * Where it is noted what becomes of a queue's messages and keys, so that they can outlive the
 * process. Reservations are not noted: what was reserved is ready again.
 */
public interface Ledger {
  /**
   * A message is new, or something of it has changed.
   *
   * @param dead whether it is among the dead
   * @param readyAt when it is to be had; a moment that has passed means at once
   */
  void keeps(Message message, boolean dead, long readyAt);

  /** A message is no more, and nothing needs its body. */
  void drops(Message message);

  /** A message is no more here; what it carried goes on in another queue. */
  void passesOn(Message message);

  /** A key stands for a message until a moment. */
  void remembers(String key, long msg, long until);

  /** A key stands for nothing any more. */
  void forgets(String key);
}
