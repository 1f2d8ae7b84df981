package io.baozi.torture;

import io.baozi.torture.Event.Found;
import io.baozi.torture.Event.Handed;
import io.baozi.torture.Event.Sighting;

/** What was removed, and that answered, does not come back. */
final class GoneRule implements Rule {
  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    if (event instanceof Handed handed) {
      Story story = ledger.story(handed.number());
      if (story != null && !story.isDeleted) {
        judge(story, "handed to " + handed.taker(), broken);
      }
    } else if (event instanceof Found found) {
      for (Sighting each : found.messages()) {
        judge(ledger.story(each.number()), "seen " + each.state() + " in " + found.queue(), broken);
      }
    }
  }

  private static void judge(Story story, String where, Broken broken) {
    if (story != null && story.isGone) {
      broken.tell(story + " was " + story.last + ", and came back: " + where);
    }
  }
}
