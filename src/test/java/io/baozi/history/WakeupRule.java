package io.baozi.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every wait ends when it can: nobody waits long for what nobody holds, a kill's locks included,
 * and none waits beyond its time. Time in which the server or the client stood still does not
 * count.
 */
final class WakeupRule implements Rule {
  /** What a busy machine may take to pass something on. */
  static final long BOUND = 2_000 * Stretch.MILLISECOND;

  @Override
  public List<Violation> check(History history) {
    List<Violation> found = new ArrayList<>();
    history.calls().forEach(call -> deadline(history, call, found));
    for (String service : List.of("lock", "semaphore")) {
      Map<String, List<Stretch>> gaps = new Gaps(history, new Claims(history, service)).byObject();
      history
          .calls(service + ".acquire")
          .filter(call -> call.answer() != null)
          .forEach(call -> idle(history, call, gaps.get(call.text(service)), found));
    }
    return found;
  }

  private static void deadline(History history, Call call, List<Violation> found) {
    var last = call.attempts().get(call.attempts().size() - 1);
    long end = last.got() == null ? unanswered(history, last.sent()) : last.got().at();
    Stretch waiting = new Stretch(last.sent().at(), end);
    boolean waits = call.op().matches(".*[.](acquire|await|wait)");
    long allowed = waits ? call.number("wait", Call.NEVER / Stretch.MILLISECOND / 2) : 0;
    long over = waiting.length() - history.pauses().of(call.client(), waiting);
    if (over - BOUND > allowed * Stretch.MILLISECOND) {
      found.add(Violation.of("not answered in time", call));
    }
  }

  /** Until when a request that was never answered did wait. */
  private static long unanswered(History history, Line sent) {
    Connection connection = history.connection(sent.name());
    return Math.max(sent.at(), Math.min(connection.overAt(), history.end()));
  }

  private static void idle(History history, Call call, List<Stretch> gaps, List<Violation> found) {
    if (gaps == null) {
      return;
    }
    var last = call.attempts().get(call.attempts().size() - 1);
    if (last.got() == null) {
      return;
    }
    Stretch waiting = new Stretch(last.sent().at(), last.got().at());
    for (Stretch gap : gaps) {
      Stretch idle = gap.within(waiting);
      if (idle.length() - history.pauses().of(call.client(), idle) > BOUND) {
        found.add(Violation.of("waited for what nobody held", call));
        return;
      }
    }
  }

  /** When nobody can have held a lock, or permit of a semaphore. */
  private record Gaps(History history, Claims claims) {
    Map<String, List<Stretch>> byObject() {
      Map<String, List<Stretch>> gaps = new HashMap<>();
      claims.byObject().forEach((object, of) -> gaps.put(object, gaps(of)));
      return gaps;
    }

    private List<Stretch> gaps(List<Claim> of) {
      List<Stretch> held =
          of.stream()
              .map(claim -> claim.possible(history.pauses()))
              .sorted(Comparator.comparingLong(Stretch::from))
              .toList();
      List<Stretch> gaps = new ArrayList<>();
      long free = 0;
      for (Stretch each : held) {
        gaps.add(new Stretch(free, each.from()));
        free = Math.max(free, each.until());
      }
      gaps.add(new Stretch(free, history.end()));
      gaps.removeIf(gap -> gap.length() <= BOUND);
      return gaps;
    }
  }
}
