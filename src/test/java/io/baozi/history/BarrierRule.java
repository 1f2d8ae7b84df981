package io.baozi.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A barrier lets all go on at once, each with its own index, or is broken for all. */
final class BarrierRule implements Rule {
  @Override
  public List<Violation> check(History history) {
    List<Violation> found = new ArrayList<>();
    history
        .calls("barrier.await")
        .collect(Collectors.groupingBy(call -> call.text("barrier")))
        .values()
        .forEach(calls -> check(calls, found));
    return found;
  }

  private static void check(List<Call> calls, List<Violation> found) {
    Map<Long, Long> counts = new HashMap<>();
    long parties = calls.get(0).number("parties", 0);
    for (Call call : calls) {
      long beside = calls.stream().filter(other -> isBeside(other, call)).count();
      if (call.isOk()) {
        counts.merge(call.answer().number("index", -1), 1L, Long::sum);
      }
      if (call.isOk() && beside < parties - 1) {
        found.add(Violation.of("went on before all had come", call));
      } else if (call.isRefused("broken")
          && calls.stream().noneMatch(other -> isBeside(other, call) && mayHaveLeft(other))) {
        found.add(Violation.of("broken though nobody left", call));
      }
    }
    long generations = counts.values().stream().max(Long::compare).orElse(0L);
    long missing = generations * parties - calls.stream().filter(Call::isOk).count();
    boolean isInRange = counts.keySet().stream().allMatch(index -> index >= 0 && index < parties);
    if (!isInRange || missing > calls.stream().mapToLong(BarrierRule::unseen).sum()) {
      found.add(Violation.of("not every index once: " + counts, calls.toArray(Call[]::new)));
    }
  }

  private static boolean isBeside(Call other, Call call) {
    return other != call
        && other.sentAt() < call.answeredAt()
        && lastAnswer(other) > call.attempts().get(0).sent().at();
  }

  private static long lastAnswer(Call call) {
    return unseen(call) > 0 ? Call.NEVER : call.answeredAt();
  }

  private static boolean mayHaveLeft(Call call) {
    return unseen(call) > 0 || call.isRefused("timeout") || call.isRefused("cancelled");
  }

  /** How often it may have gone on without anybody seeing it. */
  private static long unseen(Call call) {
    return call.attempts().stream().filter(attempt -> attempt.got() == null).count();
  }
}
