package io.baozi.broker;

import static io.baozi.broker.CoordinationComparison.entries;
import static io.baozi.broker.CoordinationComparison.require;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What holds whatever the model says, by the lists that the real broker gives. */
final class CoordinationPromises {
  /** Seen of each lock. */
  private final Map<String, TreeSet<Long>> tokens = new HashMap<>();

  void checkLocks(Map<String, Object> list) {
    for (Map<String, Object> lock : entries(list, "locks")) {
      List<Map<String, Object>> holders = entries(lock, "holders");
      boolean exclusive = holders.stream().anyMatch(hold -> "exclusive".equals(hold.get("mode")));
      require(!exclusive || holders.size() == 1, "two hold it: " + lock);
      require(
          !holders.isEmpty() || entries(lock, "waiters").isEmpty(), "one waits in vain: " + lock);
      holders.forEach(hold -> requireGrowth(hold, (String) lock.get("lock")));
    }
  }

  /** A token is the one of a hold that stood before, or larger than all there were. */
  private void requireGrowth(Map<String, Object> hold, String lock) {
    long token = number(hold, "token");
    TreeSet<Long> seen = tokens.computeIfAbsent(lock, key -> new TreeSet<>());
    require(seen.isEmpty() || seen.contains(token) || token > seen.last(), "an old token: " + hold);
    require(number(hold, "holds") > 0, "one holds nothing: " + hold);
    seen.add(token);
  }

  static void checkSemaphores(Map<String, Object> list) {
    for (Map<String, Object> semaphore : entries(list, "semaphores")) {
      long held = entries(semaphore, "holders").stream().mapToLong(h -> number(h, "permits")).sum();
      long available = number(semaphore, "available");
      require(available >= 0, "too much is held: " + semaphore);
      require(held + available == number(semaphore, "limit"), "permits are lost: " + semaphore);
      entries(semaphore, "waiters").stream()
          .limit(1)
          .forEach(
              w -> require(number(w, "permits") > available, "one waits in vain: " + semaphore));
    }
  }

  private static long number(Map<String, Object> entry, String key) {
    return ((Number) entry.get(key)).longValue();
  }
}
