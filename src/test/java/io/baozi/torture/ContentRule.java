package io.baozi.torture;

import io.baozi.torture.Event.Found;
import io.baozi.torture.Event.Handed;
import io.baozi.torture.Event.Sighting;

/** A message is one that was sent, is what was sent, and is where it was sent. */
final class ContentRule implements Rule {
  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    if (event instanceof Handed handed) {
      judge(handed.number(), handed.id(), handed.queue(), handed.fault(), ledger, broken);
    } else if (event instanceof Found found) {
      for (Sighting each : found.messages()) {
        judge(each.number(), each.id(), found.queue(), each.fault(), ledger, broken);
      }
    }
  }

  private static void judge(
      long number, long id, Plan queue, String fault, Ledger ledger, Broken broken) {
    Story story = ledger.story(number);
    if (story == null) {
      broken.tell("msg " + id + " of " + queue + " was never sent");
    } else if (!story.put.queue().leadsTo(queue)) {
      broken.tell(story + " is in " + queue);
    } else if (!fault.isEmpty()) {
      broken.tell(story + " in " + queue + ", msg " + id + ": " + fault);
    }
  }
}
