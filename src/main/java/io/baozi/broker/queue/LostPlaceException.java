package io.baozi.broker.queue;

/**
 * The message is gone whose place was to be gone on from, and in an order by priority its id alone
 * does not tell where that was.
 */
public final class LostPlaceException extends Exception {
  private static final long serialVersionUID = 1;
}
