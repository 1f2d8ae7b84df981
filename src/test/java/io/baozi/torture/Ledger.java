package io.baozi.torture;

import io.baozi.torture.Event.AckSent;
import io.baozi.torture.Event.Acked;
import io.baozi.torture.Event.Asked;
import io.baozi.torture.Event.Deed;
import io.baozi.torture.Event.Done;
import io.baozi.torture.Event.Ended;
import io.baozi.torture.Event.Found;
import io.baozi.torture.Event.Handed;
import io.baozi.torture.Event.NackSent;
import io.baozi.torture.Event.Nacked;
import io.baozi.torture.Event.PutKept;
import io.baozi.torture.Event.PutSent;
import io.baozi.torture.Event.Sighting;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** All messages of a history, as far as it is known. */
final class Ledger {
  private final Map<Long, Story> stories = new HashMap<>();
  private final Map<Long, Story> live = new LinkedHashMap<>();
  private final Map<Plan, Set<Long>> emptied = new EnumMap<>(Plan.class);

  /** Queues whose dead are being removed: who dies meanwhile may go, too. */
  private final Set<Plan> buried = EnumSet.noneOf(Plan.class);

  private long lastId;

  /** Null for a number that was never sent. */
  Story story(long number) {
    return stories.get(number);
  }

  /** Those that were sent and are not known to be gone. */
  Collection<Story> live() {
    return live.values();
  }

  /** What is said of it is said; it is not asked for again. */
  void close(Story story) {
    live.remove(story.put.number());
  }

  /** The rules have seen the event before. */
  void see(Event event) {
    if (event instanceof PutSent sent) {
      see(sent);
    } else if (event instanceof PutKept kept) {
      see(kept);
    } else if (event instanceof Handed handed) {
      see(handed);
    } else if (event instanceof Found found) {
      found.messages().forEach(this::see);
    } else if (event instanceof Asked asked) {
      see(asked);
    } else if (event instanceof Done done) {
      see(done);
    } else if (event instanceof Ended) {
      emptied.clear();
      buried.clear();
    } else {
      settle(event);
    }
  }

  private void settle(Event event) {
    if (event instanceof AckSent sent) {
      Story story = stories.get(sent.number());
      story.mayBeGone = true;
      story.last = "ack sent";
    } else if (event instanceof Acked acked && acked.held()) {
      gone(stories.get(acked.number()), "acked");
    } else if (event instanceof NackSent sent) {
      stories.get(sent.number()).last = "nack sent";
    } else if (event instanceof Nacked nacked) {
      stories.get(nacked.number()).last = nacked.dead() ? "nacked, dead" : "nacked";
    }
  }

  private void see(PutSent sent) {
    Story story = stories.get(sent.number());
    if (story == null) {
      story = new Story(sent, lastId);
      stories.put(sent.number(), story);
    } else {
      story.sent++;
    }
    if (!story.isGone) {
      live.put(sent.number(), story);
    }
    if (emptied.containsKey(sent.queue())) {
      story.mayBeGone = true;
    }
  }

  private void see(PutKept kept) {
    Story story = stories.get(kept.number());
    story.id = kept.id();
    story.isKept = true;
    story.last = story.wasHanded ? story.last : kept.durable();
    lastId = Math.max(lastId, kept.id());
  }

  private void see(Handed handed) {
    Story story = stories.get(handed.number());
    if (story != null) {
      story.wasHanded = true;
      story.last = "handed out";
      story.mayBeGone |= buried.contains(handed.queue());
      if (handed.forGood()) {
        gone(story, "handed out for good");
      }
    }
  }

  private void see(Sighting sighting) {
    Story story = stories.get(sighting.number());
    if (story != null) {
      story.isKept = true;
      story.last = "seen " + sighting.state();
    }
  }

  private void see(Asked asked) {
    switch (asked.deed()) {
      case PURGE, DELETE -> {
        Set<Long> before = new HashSet<>();
        for (Story story : live.values()) {
          if (story.put.queue() == asked.queue()) {
            story.mayBeGone = true;
            if (story.isKept) {
              before.add(story.put.number());
            }
          }
        }
        emptied.put(asked.queue(), before);
      }
      case PURGE_DEAD -> {
        buried.add(asked.queue());
        live.values().stream()
            .filter(story -> story.put.queue() == asked.queue() && story.wasHanded)
            .forEach(story -> story.mayBeGone = true);
      }
      case DECLARE, REDRIVE, PAUSE, RESUME -> {}
    }
  }

  private void see(Done done) {
    if (done.deed() == Deed.PURGE_DEAD) {
      buried.remove(done.queue());
    }
    if (done.deed() == Deed.DELETE || done.deed() == Deed.PURGE) {
      Set<Long> before = emptied.remove(done.queue());
      if (done.deed() == Deed.DELETE && before != null) {
        before.forEach(number -> deleted(stories.get(number)));
      }
    }
  }

  private void deleted(Story story) {
    if (!story.isGone) {
      story.isDeleted = true;
      gone(story, "deleted with its queue");
    }
  }

  private void gone(Story story, String why) {
    story.isGone = true;
    story.mayBeGone = true;
    story.last = why;
    live.remove(story.put.number());
  }
}
