package io.baozi.history;

import io.baozi.history.Call.Attempt;
import io.baozi.message.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Each request is answered once, and sent again as it was then; none is refused as no good. */
final class AnswerRule implements Rule {
  private static final Set<String> FAULTS =
      Set.of("internal", "bad_request", "bad_frame", "unknown_op", "conflict", "not_found", "busy");

  @Override
  public List<Violation> check(History history) {
    List<Violation> found = new ArrayList<>();
    for (Line line : history.stray()) {
      found.add(new Violation("an answer to nothing, or a second one", List.of(line)));
    }
    for (Call call : history.calls()) {
      if (FAULTS.stream().anyMatch(call::isRefused) && !isLateCancel(call)) {
        found.add(Violation.of("refused without need", call));
      }
      if (Operation.of(call.op()).orElseThrow().changes() && outcomes(call) > 1) {
        found.add(Violation.of("sent again and answered otherwise", call));
      }
    }
    return found;
  }

  /** What was to be cancelled may have ended meanwhile. */
  private static boolean isLateCancel(Call call) {
    return call.is("cancel") && call.isRefused("not_found");
  }

  private static long outcomes(Call call) {
    return call.attempts().stream()
        .filter(Attempt::isOk)
        .map(attempt -> attempt.got().header())
        .distinct()
        .count();
  }
}
