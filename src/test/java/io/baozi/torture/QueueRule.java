package io.baozi.torture;

import io.baozi.torture.Event.Asked;
import io.baozi.torture.Event.Done;
import io.baozi.torture.Event.Found;
import java.util.EnumMap;
import java.util.Map;

/** A queue that was declared is there, with its settings, and is paused if it was paused. */
final class QueueRule implements Rule {
  private final Map<Plan, String> settings = new EnumMap<>(Plan.class);
  private final Map<Plan, Boolean> there = new EnumMap<>(Plan.class);
  private final Map<Plan, Boolean> paused = new EnumMap<>(Plan.class);

  @Override
  public void see(Event event, Ledger ledger, Broken broken) {
    if (event instanceof Asked asked) {
      see(asked);
    } else if (event instanceof Done done) {
      see(done);
    } else if (event instanceof Found found) {
      judge(found, broken);
    }
  }

  /** From here on until it is answered, it may be either. */
  private void see(Asked asked) {
    switch (asked.deed()) {
      case DELETE -> {
        there.remove(asked.queue());
        paused.remove(asked.queue());
      }
      case PAUSE, RESUME -> paused.remove(asked.queue());
      case DECLARE, PURGE, PURGE_DEAD, REDRIVE -> {}
    }
  }

  private void see(Done done) {
    switch (done.deed()) {
      case DECLARE -> there.put(done.queue(), true);
      case PAUSE -> paused.put(done.queue(), true);
      case RESUME -> paused.put(done.queue(), false);
      case DELETE, PURGE, PURGE_DEAD, REDRIVE -> {}
    }
  }

  private void judge(Found found, Broken broken) {
    if (found.settings().isEmpty()) {
      if (there.containsKey(found.queue())) {
        broken.tell("queue " + found.queue() + " is lost");
      }
      there.remove(found.queue());
      paused.remove(found.queue());
      return;
    }
    String before = settings.putIfAbsent(found.queue(), found.settings());
    if (before != null && !before.equals(found.settings())) {
      broken.tell("queue " + found.queue() + " is now " + found.settings() + ", and was " + before);
    }
    Boolean due = paused.put(found.queue(), found.paused());
    if (due != null && due != found.paused()) {
      broken.tell("queue " + found.queue() + (due ? " was" : " was not") + " paused, now not so");
    }
  }
}
