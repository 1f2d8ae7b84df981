package io.baozi.torture;

import io.baozi.torture.Event.Found;
import io.baozi.torture.Event.Handed;
import io.baozi.torture.Event.Nacked;
import io.baozi.torture.Event.Sighting;
import io.baozi.torture.Event.State;
import java.util.HashMap;
import java.util.Map;

/** What a nack has declared dead, and that answered, stays dead, until a redrive. */
final class DeadRule implements Rule {
  private final Map<Long, Plan> dead = new HashMap<>();
  private final Redrives redrives = new Redrives();

  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    redrives.see(event, redriven -> dead.values().removeIf(queue -> queue == redriven));
    if (event instanceof Nacked nacked && nacked.dead() && !redrives.mayFollow(nacked)) {
      dead.put(nacked.id(), nacked.queue());
    } else if (event instanceof Handed handed && dead.containsKey(handed.id())) {
      broken.tell(ledger.story(handed.number()) + " is dead, but was handed out");
    } else if (event instanceof Found found) {
      for (Sighting each : found.messages()) {
        if (dead.containsKey(each.id()) && !mayBe(each, found.queue())) {
          broken.tell(ledger.story(each.number()) + " is dead, but seen " + each.state());
        }
      }
    }
  }

  /** Where there is a dead letter the dead are there, under another id. */
  private static boolean mayBe(Sighting each, Plan queue) {
    return each.state() == State.DEAD && queue != Plan.FAILING;
  }
}
