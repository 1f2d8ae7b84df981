package io.baozi.torture;

import io.baozi.torture.Event.Found;
import io.baozi.torture.Event.Handed;
import io.baozi.torture.Event.Looked;
import io.baozi.torture.Event.Sighting;
import java.util.HashSet;
import java.util.Set;

/** A message whose ttl is over is not handed out any more, nor there after a start. */
final class TtlRule implements Rule {
  private final Set<Long> there = new HashSet<>();

  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    if (event instanceof Handed handed) {
      judge(ledger.story(handed.number()), handed.at(), "handed out", broken);
    } else if (event instanceof Found found) {
      found.messages().stream().map(Sighting::number).forEach(there::add);
    } else if (event instanceof Looked looked) {
      there.forEach(each -> judge(ledger.story(each), looked.at(), "there after a start", broken));
      there.clear();
    }
  }

  private static void judge(Story story, long at, String where, Broken broken) {
    if (story != null && story.hasFaded(at)) {
      long late = at - story.put.at() - story.put.ttl();
      broken.tell(story + " was " + where + " " + late + " ms after its ttl");
    }
  }
}
