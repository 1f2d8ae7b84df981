package io.baozi.torture;

import io.baozi.torture.Event.Acked;
import io.baozi.torture.Event.Done;
import io.baozi.torture.Event.Ended;
import io.baozi.torture.Event.FaultBegan;
import io.baozi.torture.Event.Found;
import io.baozi.torture.Event.Granted;
import io.baozi.torture.Event.Handed;
import io.baozi.torture.Event.Nacked;
import io.baozi.torture.Event.PutKept;
import io.baozi.torture.Event.PutRefused;
import io.baozi.torture.Event.PutSent;
import io.baozi.torture.Event.Started;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What happened, counted, so that one can see that something did. */
final class Tally {
  private final Map<String, Long> counts = new TreeMap<>();

  void see(Event event) {
    if (event instanceof Started) {
      count("starts");
    } else if (event instanceof Ended ended) {
      count("ends, " + words(ended.how()));
    } else if (event instanceof PutSent) {
      count("puts");
    } else if (event instanceof PutKept kept) {
      count("puts acknowledged, " + kept.durable());
    } else if (event instanceof PutRefused refused) {
      count("puts refused, " + refused.code());
    } else if (event instanceof Handed) {
      count("deliveries");
    } else if (event instanceof Acked) {
      count("acks answered");
    } else if (event instanceof Nacked) {
      count("nacks answered");
    } else {
      others(event);
    }
  }

  private void others(Event event) {
    if (event instanceof Found found) {
      counts.merge("messages found after a start", (long) found.messages().size(), Long::sum);
    } else if (event instanceof Granted) {
      count("locks granted");
    } else if (event instanceof Done done) {
      count("queues, " + words(done.deed()));
    } else if (event instanceof FaultBegan began) {
      count("faults, " + words(began.fault()));
    }
  }

  private static String words(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void count(String what) {
    counts.merge(what, 1L, Long::sum);
  }

  long get(String what) {
    return counts.getOrDefault(what, 0L);
  }

  Tally copy() {
    Tally copy = new Tally();
    copy.counts.putAll(counts);
    return copy;
  }

  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(each -> "  " + each.getKey() + ": " + each.getValue())
        .collect(Collectors.joining("\n"));
  }
}
