package io.baozi.torture;

import io.baozi.torture.Event.Asked;
import io.baozi.torture.Event.Deed;
import io.baozi.torture.Event.Done;
import io.baozi.torture.Event.Ended;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** The redrives that are under way: what is nacked meanwhile may be redriven by them, or not. */
final class Redrives {
  private final Map<Plan, Integer> underWay = new EnumMap<>(Plan.class);

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
      redriven.accept(done.queue());
    } else if (event instanceof Ended) {
      underWay.clear();
    }
  }

  boolean isUnderWay(Plan queue) {
    return underWay.getOrDefault(queue, 0) > 0;
  }
}
