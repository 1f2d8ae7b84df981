package io.baozi.broker;

import io.baozi.broker.queue.Ledger;
import io.baozi.broker.queue.Message;
import io.baozi.journal.Entry;

/**
 * The ledger of a queue that does not outlive the server. The dead of a durable queue may come here
 * with their bodies on disk, which go when they go.
 */
final class VolatileLedger implements Ledger {
  private final Changes changes;

  VolatileLedger(Changes changes) {
    this.changes = changes;
  }

  @Override
  public void keeps(Message message, boolean dead, long readyAt) {
    // It is not to be found again after a restart.
  }

  @Override
  public void drops(Message message) {
    if (message.content().place() > 0) {
      changes.add(new Entry.BodyGone(message.content().place()));
    }
  }

  @Override
  public void passesOn(Message message) {
    // Whoever has its body from now on says when that goes.
  }

  @Override
  public void remembers(String key, long msg, long until) {
    // A key is known as long as the server runs.
  }

  @Override
  public void forgets(String key) {
    // Nobody has noted it.
  }
}
