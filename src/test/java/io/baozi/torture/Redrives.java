package io.baozi.torture;

import io.baozi.torture.Event.Asked;
import io.baozi.torture.Event.Deed;
import io.baozi.torture.Event.Done;
import io.baozi.torture.Event.Ended;
import io.baozi.torture.Event.NackSent;
import io.baozi.torture.Event.Nacked;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The redrives that are under way: what is nacked meanwhile may be redriven by them, or not. A nack
 * that was sent before a redrive's answer is one of those, also if it is answered later, as it may
 * be on another connection.
 */
final class Redrives {
  private final Map<Plan, Integer> underWay = new EnumMap<>(Plan.class);

  /** Messages whose nack is sent and not answered. */
  private final Set<Long> nacked = new HashSet<>();

  /** Those of them that were so when a redrive was answered. */
  private final Set<Long> crossed = new HashSet<>();

  /**
   * Looks at an event.
   *
   * @param redriven is told a queue whose dead may be back
   */
  void see(Event event, Consumer<Plan> redriven) {
    if (event instanceof Asked asked && asked.deed() == Deed.REDRIVE) {
      underWay.merge(asked.queue(), 1, Integer::sum);
      redriven.accept(asked.queue());
    } else if (event instanceof Done done && done.deed() == Deed.REDRIVE) {
      underWay.merge(done.queue(), -1, Integer::sum);
      crossed.addAll(nacked);
      redriven.accept(done.queue());
    } else if (event instanceof NackSent sent) {
      nacked.add(sent.number());
      crossed.remove(sent.number());
    } else if (event instanceof Nacked answered) {
      nacked.remove(answered.number());
    } else if (event instanceof Ended) {
      underWay.clear();
      nacked.clear();
    }
  }

  /** Whether a redrive may have come behind a nack that is answered now. */
  boolean mayFollow(Nacked nack) {
    return underWay.getOrDefault(nack.queue(), 0) > 0 || crossed.contains(nack.number());
  }
}
