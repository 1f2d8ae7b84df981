package io.baozi.data;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Problems passed on as they are found; of many of a kind the first few. */
final class Problems {
  private static final int SHOWN = 10;

  private final Consumer<Problem> to;
  private final Map<String, Long> counts = new HashMap<>();
  private long count;

  Problems(Consumer<Problem> to) {
    this.to = to;
  }

  /** One of a kind of which there may be many. */
  void add(String kind, Problem problem) {
    count++;
    if (counts.merge(kind, 1L, Long::sum) <= SHOWN) {
      to.accept(problem);
    }
  }

  /** All are found: says how many of each kind were not passed on. */
  void end() {
    counts.forEach(
        (kind, all) -> {
          if (all > SHOWN) {
            to.accept(Problem.lost(kind, "%d more such problems".formatted(all - SHOWN)));
          }
        });
  }

  long count() {
    return count;
  }
}
