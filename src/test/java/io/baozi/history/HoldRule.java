package io.baozi.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is held is counted, kept until it is given back, lost or over, and not lost early. */
final class HoldRule implements Rule {
  @Override
  public List<Violation> check(History history) {
    List<Violation> found = new ArrayList<>();
    Claims locks = new Claims(history, "lock");
    for (Line push : history.pushes()) {
      Claim claim = locks.ofToken(push.number("token", 0));
      if (claim != null && push.at() < claim.standsUntil()) {
        List<Line> proof = new ArrayList<>(claim.lines());
        proof.add(push);
        found.add(new Violation("lost before its lease was over", proof));
      }
    }
    refused(locks, found);
    refused(new Claims(history, "semaphore"), found);
    counts(history, found);
    return found;
  }

  private static void refused(Claims claims, List<Violation> found) {
    for (Claim claim : claims.all()) {
      Line release = claim.isGuess() ? null : claim.lines().get(claim.lines().size() - 1);
      if (release != null
          && "not_owner".equals(release.text("error"))
          && release.at() < claim.standsUntil()) {
        found.add(Violation.of("not held any more though it stood", claim));
      }
    }
  }

  private static void counts(History history, List<Violation> found) {
    history
        .calls("lock.acquire", "lock.release", "lock.touch")
        .filter(Call::isOk)
        .sorted((a, b) -> Long.compare(a.sentAt(), b.sentAt()))
        .collect(Collectors.groupingBy(call -> call.owner() + " " + call.text("lock")))
        .values()
        .forEach(calls -> count(calls, found));
  }

  private static void count(List<Call> calls, List<Violation> found) {
    long held = 0;
    long token = 0;
    Call before = null;
    for (Call call : calls) {
      long named = call.answer().number("token", token);
      held = named == token ? held : 0;
      token = named;
      long expected =
          switch (call.op()) {
            case "lock.acquire" -> held + 1;
            case "lock.release" -> held - 1;
            default -> held;
          };
      held = call.answer().number("holds", -1);
      if (held != expected) {
        String sentence = "holds counted wrongly, " + expected + " would be right";
        found.add(
            before == null ? Violation.of(sentence, call) : Violation.of(sentence, before, call));
      }
      before = call;
    }
  }
}
