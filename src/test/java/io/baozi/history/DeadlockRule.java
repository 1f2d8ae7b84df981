package io.baozi.history;

import io.baozi.frame.Header;
import io.baozi.frame.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A wait that closes a cycle is refused with that cycle, and no other is: those who take locks
 * whose names begin with {@code ordered} in their order never are.
 */
final class DeadlockRule implements Rule {
  static final String ORDERED = "ordered";

  /** What stood still for so long was a deadlock. */
  private static final long LASTING = 500 * Stretch.MILLISECOND;

  @Override
  public List<Violation> check(History history) {
    List<Violation> found = new ArrayList<>();
    Map<String, List<Claim>> claims = new Claims(history, "lock").byObject();
    List<Call> acquires = history.calls("lock.acquire").toList();
    List<Call> waits = acquires.stream().filter(call -> duration(call) > 2 * LASTING).toList();
    for (Call call : acquires) {
      if (call.isRefused("deadlock") && call.text("lock").startsWith(ORDERED)) {
        found.add(Violation.of("refused though all take their locks in order", call));
      } else if (call.isRefused("deadlock") && !isCycle(history, claims, call)) {
        found.add(Violation.of("refused for a cycle that is none", call));
      }
    }
    waits.forEach(call -> lasting(history, claims, waits, call, found));
    return found;
  }

  private static long duration(Call call) {
    return call.answeredAt() - call.sentAt();
  }

  private static boolean isCycle(History history, Map<String, List<Claim>> claims, Call call) {
    List<Header> cycle =
        ((Json) call.answer().header().get("cycle"))
            .elements().stream().map(link -> link.header().orElseThrow()).toList();
    Stretch during = new Stretch(call.sentAt(), call.answeredAt());
    boolean isClosed = call.text("lock").equals(cycle.get(0).text("waits"));
    for (int i = 0; i < cycle.size(); i++) {
      Header link = cycle.get(i);
      Header next = cycle.get((i + 1) % cycle.size());
      isClosed &= link.text("waits").equals(next.text("holds"));
      isClosed &= mayHold(history, claims, link, during);
    }
    return isClosed && call.session().equals(cycle.get(0).text("session"));
  }

  private static boolean mayHold(
      History history, Map<String, List<Claim>> claims, Header link, Stretch during) {
    String owner = link.text("session") + "/" + link.text("owner");
    return claims.getOrDefault(link.text("holds"), List.of()).stream()
        .filter(claim -> claim.grant().owner().equals(owner))
        .anyMatch(
            claim ->
                claim.grant().sentAt() < during.until()
                    && claim.possible(history.pauses()).until() > during.from());
  }

  /** Follows who certainly waits for whom from the middle of a wait. */
  private static void lasting(
      History history,
      Map<String, List<Claim>> claims,
      List<Call> waits,
      Call first,
      List<Violation> found) {
    Stretch during = new Stretch(first.sentAt() + LASTING, first.sentAt() + 2 * LASTING);
    Stretch before = new Stretch(first.sentAt() - LASTING, during.until());
    List<Call> chain = new ArrayList<>();
    Call wait = history.pauses().overlap(before) ? null : first;
    while (wait != null && !chain.contains(wait)) {
      chain.add(wait);
      wait = waitOfHolder(claims, waits, wait, during);
    }
    if (wait == first) {
      found.add(Violation.of("a deadlock that lasted", chain.toArray(Call[]::new)));
    }
  }

  private static Call waitOfHolder(
      Map<String, List<Claim>> claims, List<Call> waits, Call wait, Stretch during) {
    return claims.getOrDefault(wait.text("lock"), List.of()).stream()
        .filter(claim -> claim.exclusive().covers(during))
        .flatMap(claim -> waits.stream().filter(w -> w.owner().equals(claim.grant().owner())))
        .filter(w -> w.sentAt() <= during.from() && w.answeredAt() >= during.until())
        .filter(w -> w.attempts().size() == 1 && w.answer() != null)
        .findFirst()
        .orElse(null);
  }
}
