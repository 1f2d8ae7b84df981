package io.baozi.broker.queue;

/** The ledger of a queue that is to be forgotten. */
final class NoLedger implements Ledger {
  @Override
  public void keeps(Message message, boolean dead, long readyAt) {}

  @Override
  public void drops(Message message) {}

  @Override
  public void passesOn(Message message) {}

  @Override
  public void remembers(String key, long msg, long until) {}

  @Override
  public void forgets(String key) {}
}
