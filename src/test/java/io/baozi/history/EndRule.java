package io.baozi.history;

import java.util.ArrayList;
import java.util.List;

/** When all sessions are over nobody holds or waits, and all there is can be had. */
final class EndRule implements Rule {
  /** The client that looks after all others have ended. */
  static final String AUDITOR = "auditor";

  @Override
  public List<Violation> check(History history) {
    List<Violation> found = new ArrayList<>();
    history
        .calls("lock.acquire", "semaphore.acquire")
        .filter(call -> call.client().equals(AUDITOR) && !call.isOk())
        .forEach(call -> found.add(Violation.of("not to be had at the end", call)));
    last(history, "lock.list", "locks", found);
    last(history, "semaphore.list", "semaphores", found);
    return found;
  }

  private static void last(History history, String op, String key, List<Violation> found) {
    List<Call> lists = history.calls(op).toList();
    Call list = lists.isEmpty() ? null : lists.get(lists.size() - 1);
    if (list == null || !list.isOk()) {
      found.add(new Violation("nobody looked at the end: " + op, List.of()));
    } else if (!list.answer().header().json().value(key).elements().isEmpty()) {
      found.add(Violation.of("held or waited for at the end", list));
    }
  }
}
