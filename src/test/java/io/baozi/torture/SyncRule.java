package io.baozi.torture;

import io.baozi.torture.Event.PutKept;
import io.baozi.torture.Event.Started;

/** A put is said to be on disk where every put is forced, and only there. */
final class SyncRule implements Rule {
  private String word = "";

  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    if (event instanceof Started started) {
      word = started.sync().equals(Round.ALWAYS) ? "synced" : "memory";
    } else if (event instanceof PutKept kept && !kept.durable().equals(word)) {
      broken.tell(
          ledger.story(kept.number()) + " is said to be " + kept.durable() + ", not " + word);
    }
  }
}
