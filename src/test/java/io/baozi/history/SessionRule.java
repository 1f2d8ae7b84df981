package io.baozi.history;

import java.util.ArrayList;
import java.util.List;

/** No connection ends without cause, and a session with grace outlives its cuts. */
final class SessionRule implements Rule {
  @Override
  public List<Violation> check(History history) {
    List<Violation> found = new ArrayList<>();
    for (Connection connection : history.connections()) {
      if (connection.endedAt() < Call.NEVER
          && !connection.wasCut()
          && connection.saidByeAt() == Call.NEVER) {
        List<Line> proof =
            history.lines().stream()
                .filter(line -> line.name().equals(connection.name()))
                .filter(line -> line.at() >= connection.endedAt() - WakeupRule.BOUND)
                .toList();
        found.add(new Violation("ended without cause", proof));
      }
      if (connection.wanted() != null && connection.isGreeted() && !connection.hasResumed()) {
        resumption(history, connection, found);
      }
    }
    return found;
  }

  private static void resumption(History history, Connection connection, List<Violation> found) {
    SessionLife wanted = history.session(connection.wanted());
    if (connection.greeting().at() < wanted.standsUntil()) {
      found.add(
          new Violation(
              "not resumed within its grace", List.of(connection.hello(), connection.greeting())));
    }
  }
}
