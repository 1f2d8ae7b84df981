package io.baozi.torture;

import io.baozi.torture.Event.Found;
import io.baozi.torture.Event.Handed;
import io.baozi.torture.Event.Sighting;
import io.baozi.torture.Event.Started;
import io.baozi.torture.Event.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages stand in the order of the queue, and those of a producer in the order sent; a taker gets
 * those that come for the first time, without delay, in that order.
 */
final class OrderRule implements Rule {
  private final Map<String, Long> handed = new HashMap<>();

  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    if (event instanceof Started) {
      handed.clear();
    } else if (event instanceof Handed each) {
      judge(each, ledger.story(each.number()), broken);
    } else if (event instanceof Found found) {
      List<Sighting> ready =
          found.messages().stream()
              .filter(each -> each.state() == State.READY && ledger.story(each.number()) != null)
              .toList();
      queue(found.queue(), ready, ledger, broken);
      producers(found.queue(), ready, ledger, broken);
    }
  }

  private void judge(Handed each, Story story, Broken broken) {
    if (story == null || story.wasHanded || story.put.delay() > 0 || each.attempt() > 1) {
      return;
    }
    String line = each.taker() + each.queue() + priority(each.queue(), story);
    Long before = handed.put(line, each.id());
    if (before != null && before > each.id()) {
      broken.tell(story + " was handed to " + each.taker() + " after msg " + before);
    }
  }

  private static long priority(Plan queue, Story story) {
    return queue == Plan.PRIORITY ? story.put.priority() : 0;
  }

  private static void queue(Plan queue, List<Sighting> ready, Ledger ledger, Broken broken) {
    for (int i = 1; i < ready.size(); i++) {
      Sighting one = ready.get(i - 1);
      Sighting next = ready.get(i);
      int priorities =
          Long.compare(
              priority(queue, ledger.story(one.number())),
              priority(queue, ledger.story(next.number())));
      if (priorities > 0 || (priorities == 0 && one.id() > next.id())) {
        broken.tell("msg " + one.id() + " stands before msg " + next.id() + " in " + queue);
      }
    }
  }

  private static void producers(Plan queue, List<Sighting> ready, Ledger ledger, Broken broken) {
    Map<String, Story> last = new HashMap<>();
    for (Sighting each : ready) {
      Story story = ledger.story(each.number());
      if (story.sent == 1 && story.put.queue() == queue) {
        Story before = last.put(story.put.producer() + priority(queue, story), story);
        if (before != null && before.put.number() >>> 1 > story.put.number() >>> 1) {
          broken.tell(before + " stands before " + story + ", which was sent earlier");
        }
      }
    }
  }
}
