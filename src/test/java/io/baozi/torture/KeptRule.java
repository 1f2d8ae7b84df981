package io.baozi.torture;

import io.baozi.torture.Event.Found;
import io.baozi.torture.Event.Looked;
import io.baozi.torture.Event.Sighting;
import io.baozi.torture.Event.TakeEnded;
import io.baozi.torture.Event.TakeSent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was acknowledged is there after a start, unless something was asked for that removes it, or
 * its ttl is over; so is what was there after a start before.
 */
final class KeptRule implements Rule {
  private final Set<Long> there = new HashSet<>();

  /** How many messages takes without an answer may have removed. */
  private final Map<Plan, Integer> unseen = new EnumMap<>(Plan.class);

  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    if (event instanceof TakeSent sent) {
      unseen.merge(sent.queue(), sent.forGood(), Integer::sum);
    } else if (event instanceof TakeEnded ended) {
      unseen.merge(ended.queue(), -ended.forGood(), Integer::sum);
    } else if (event instanceof Found found) {
      found.messages().stream().map(Sighting::number).forEach(there::add);
    } else if (event instanceof Looked looked) {
      settle(looked.at(), ledger, broken);
      there.clear();
      unseen.clear();
    }
  }

  private void settle(long at, Ledger ledger, Broken broken) {
    Map<Plan, List<Story>> missing = new EnumMap<>(Plan.class);
    for (Story story : List.copyOf(ledger.live())) {
      if (!there.contains(story.put.number())) {
        ledger.close(story);
        if (story.isKept && !story.mayBeGone && !story.mayHaveFaded(at)) {
          missing.computeIfAbsent(story.put.queue(), queue -> new ArrayList<>()).add(story);
        }
        story.mayBeGone |= story.isKept || allowed(story.put.queue()) > 0; // its key may stay
      }
    }
    missing.forEach((queue, stories) -> judge(stories, allowed(queue), broken));
  }

  private int allowed(Plan queue) {
    int allowed = 0;
    for (Plan end : Plan.values()) {
      allowed += queue.leadsTo(end) ? unseen.getOrDefault(end, 0) : 0;
    }
    return allowed;
  }

  private static void judge(List<Story> missing, int allowed, Broken broken) {
    if (missing.size() > allowed) {
      for (Story story : missing) {
        broken.tell(story + " is lost; last known: " + story.last + among(missing, allowed));
      }
    }
  }

  private static String among(List<Story> missing, int allowed) {
    return "; one of "
        + missing.size()
        + (allowed == 0 ? "" : ", of which unanswered takes explain " + allowed);
  }
}
