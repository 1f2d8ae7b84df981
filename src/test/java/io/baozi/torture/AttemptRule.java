package io.baozi.torture;

import io.baozi.torture.Event.Found;
import io.baozi.torture.Event.Handed;
import io.baozi.torture.Event.Nacked;
import io.baozi.torture.Event.Sighting;
import java.util.HashMap;
import java.util.Map;

/** An attempt that ended with an answered nack is counted for ever, until a redrive. */
final class AttemptRule implements Rule {
  private record Failed(Plan queue, int attempts) {}

  private final Map<Long, Failed> failed = new HashMap<>();
  private final Redrives redrives = new Redrives();

  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    redrives.see(event, queue -> failed.values().removeIf(each -> each.queue() == queue));
    if (event instanceof Nacked nacked && !redrives.mayFollow(nacked)) {
      failed.put(nacked.id(), new Failed(nacked.queue(), nacked.attempt()));
    } else if (event instanceof Handed handed) {
      judge(handed.id(), handed.attempt() - 1, ledger.story(handed.number()), broken);
    } else if (event instanceof Found found) {
      for (Sighting each : found.messages()) {
        judge(each.id(), each.attempt(), ledger.story(each.number()), broken);
      }
    }
  }

  private void judge(long id, int attempts, Story story, Broken broken) {
    Failed before = failed.get(id);
    if (before != null && attempts < before.attempts()) {
      broken.tell(
          story + " counts " + attempts + " attempts, but " + before.attempts() + " have failed");
    }
  }
}
