package io.baozi.torture;

import io.baozi.torture.Event.Found;
import io.baozi.torture.Event.Handed;
import io.baozi.torture.Event.Looked;
import io.baozi.torture.Event.PutKept;
import io.baozi.torture.Event.Sighting;
import java.util.HashMap;
import java.util.Map;

/** A message is there once, and under a key there is one message, however often it was sent. */
final class KeyRule implements Rule {
  private final Map<Long, Long> seen = new HashMap<>();

  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    if (event instanceof PutKept kept) {
      judge(ledger.story(kept.number()), kept.id(), "a put was answered with", broken);
    } else if (event instanceof Handed handed && handed.queue() == Plan.KEYED) {
      judge(ledger.story(handed.number()), handed.id(), "it was handed out as", broken);
    } else if (event instanceof Found found) {
      found.messages().forEach(each -> judge(each, found.queue(), ledger, broken));
    } else if (event instanceof Looked) {
      seen.clear();
    }
  }

  private void judge(Sighting each, Plan queue, Ledger ledger, Broken broken) {
    Story story = ledger.story(each.number());
    Long other = seen.put(each.number(), each.id());
    if (other != null && other != each.id()) {
      broken.tell(story + " is there twice, as msg " + other + " and " + each.id());
    }
    if (queue == Plan.KEYED) {
      judge(story, each.id(), "it is there as", broken);
    }
  }

  private static void judge(Story story, long id, String how, Broken broken) {
    if (story != null && story.id != 0 && story.id != id) {
      broken.tell(story + " is one message, but " + how + " msg " + id);
    }
  }
}
