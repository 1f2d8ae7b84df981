package io.baozi.broker;

import io.baozi.broker.queue.Ledger;
import io.baozi.broker.queue.Message;
import io.baozi.journal.Entry;
import java.util.HashSet;
import java.util.Set;

/**
 * The ledger of a queue that does not outlive the server. The dead of a durable queue may come here
 * with their bodies on disk, which go when they go, or with the next start.
 */
final class VolatileLedger implements Ledger {
  private final Changes changes;

  /** The bodies that are on disk for messages here. */
  private final Set<Long> lent = new HashSet<>();

  VolatileLedger(Changes changes) {
    this.changes = changes;
  }

  @Override
  public void keeps(Message message, boolean dead, long readyAt) {
    long body = message.content().place();
    if (body > 0 && lent.add(body)) {
      changes.add(new Entry.BodyLent(body));
    }
  }

  @Override
  public void drops(Message message) {
    long body = message.content().place();
    if (lent.remove(body)) {
      changes.add(new Entry.BodyGone(body));
      changes.add(new Entry.BodyReturned(body));
    }
  }

  @Override
  public void passesOn(Message message) {
    long body = message.content().place();
    if (lent.remove(body)) {
      changes.add(new Entry.BodyReturned(body));
    }
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
