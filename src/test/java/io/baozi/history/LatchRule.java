package io.baozi.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A latch opens when it has been counted down, for all who wait, and counts each countdown once.
 */
final class LatchRule implements Rule {
  @Override
  public List<Violation> check(History history) {
    List<Violation> found = new ArrayList<>();
    history
        .calls("latch.create", "latch.countdown", "latch.await")
        .collect(Collectors.groupingBy(call -> call.text("latch")))
        .values()
        .forEach(calls -> check(calls, found));
    return found;
  }

  private static void check(List<Call> calls, List<Violation> found) {
    long count = calls.stream().mapToLong(call -> call.number("count", 0)).max().orElse(0);
    List<Call> downs = calls.stream().filter(call -> call.is("latch.countdown")).toList();
    long open =
        downs.stream()
            .filter(call -> call.isOk() && call.answer().number("count", -1) == 0)
            .mapToLong(Call::answeredAt)
            .min()
            .orElse(Call.NEVER);
    for (Call call : calls) {
      long asked = downs.stream().filter(down -> down.sentAt() < call.answeredAt()).count();
      if (call.isOk() && call.answer().number("count", 0) < count - asked) {
        found.add(Violation.of("counted down more often than it was asked to", call));
      }
      if (call.isRefused("timeout") && open < Signals.deadline(call)) {
        found.add(Violation.of("timed out at an open latch", call));
      }
    }
  }
}
