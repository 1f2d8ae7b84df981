package io.baozi.torture;

import io.baozi.torture.Event.Found;
import io.baozi.torture.Event.Handed;
import io.baozi.torture.Event.PutKept;
import io.baozi.torture.Event.Sighting;
import java.util.HashMap;
import java.util.Map;

/** An id belongs to one message for ever, and is larger than all that were answered before. */
final class IdRule implements Rule {
  private final Map<Long, Long> numbers = new HashMap<>();

  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    if (event instanceof PutKept kept) {
      judge(kept.id(), kept.number(), ledger, broken);
    } else if (event instanceof Handed handed) {
      judge(handed.id(), handed.number(), ledger, broken);
    } else if (event instanceof Found found) {
      for (Sighting each : found.messages()) {
        judge(each.id(), each.number(), ledger, broken);
      }
    }
  }

  private void judge(long id, long number, Ledger ledger, Broken broken) {
    Long other = numbers.putIfAbsent(id, number);
    Story story = ledger.story(number);
    if (other != null && other != number) {
      broken.tell("msg " + id + " is message " + number + ", and was message " + other);
    } else if (story != null && id <= story.idsBefore) {
      broken.tell(story + " got msg " + id + " though it was sent after msg " + story.idsBefore);
    }
  }
}
