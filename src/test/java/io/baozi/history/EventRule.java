package io.baozi.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Who waits for an event goes on once it is set, and not before. */
final class EventRule implements Rule {
  @Override
  public List<Violation> check(History history) {
    List<Violation> found = new ArrayList<>();
    history
        .calls("event.set", "event.clear", "event.wait")
        .collect(Collectors.groupingBy(call -> call.text("event")))
        .values()
        .forEach(calls -> check(calls, found));
    return found;
  }

  private static void check(List<Call> calls, List<Violation> found) {
    for (Call call : calls) {
      if (call.is("event.wait") && call.isOk() && !mayBeSet(calls, call)) {
        found.add(Violation.of("went on though it was not set", call));
      } else if (call.is("event.wait") && call.isRefused("timeout") && isSet(calls, call)) {
        found.add(Violation.of("timed out though it was set", call));
      }
    }
  }

  /** Whether it was set, and perhaps not cleared between that and the wait. */
  private static boolean mayBeSet(List<Call> calls, Call wait) {
    return calls.stream()
        .filter(call -> call.is("event.set") && call.sentAt() < wait.answeredAt())
        .anyMatch(set -> calls.stream().noneMatch(clear -> isBetween(clear, set, wait)));
  }

  private static boolean isBetween(Call clear, Call set, Call wait) {
    return clear.is("event.clear")
        && set.attempts().size() == 1
        && set.answeredAt() < clear.sentAt()
        && clear.answeredAt() < wait.sentAt();
  }

  /** Whether it was certainly set when the wait ran out. */
  private static boolean isSet(List<Call> calls, Call wait) {
    long deadline = Signals.deadline(wait);
    return calls.stream()
        .filter(call -> call.is("event.set") && call.isOk() && call.answeredAt() < deadline)
        .anyMatch(
            set ->
                calls.stream()
                    .filter(call -> call.is("event.clear"))
                    .noneMatch(clear -> lastMoment(clear) > set.sentAt()));
  }

  private static long lastMoment(Call clear) {
    return clear.answer() == null ? Call.NEVER : clear.answeredAt();
  }
}
