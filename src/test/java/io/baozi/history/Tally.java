package io.baozi.history;

import io.baozi.history.Line.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What happened in a history, counted, so that one can see that something did. */
record Tally(Map<String, Long> counts) {
  static Tally of(History history) {
    Tally tally = new Tally(new LinkedHashMap<>());
    tally.count("requests", history.calls().size());
    tally.faults(history);
    tally.locks(history);
    tally.others(history);
    return tally;
  }

  private void faults(History history) {
    Predicate<Line> server = line -> line.name().equals("server");
    lines(history, "connections cut", line -> line.kind() == Kind.CUT);
    lines(history, "clients killed", line -> line.kind() == Kind.KILLED);
    Predicate<Line> stopped = line -> line.kind() == Kind.STOPPED;
    lines(history, "clients stopped", stopped.and(server.negate()));
    lines(history, "server stopped", stopped.and(server));
    count("resumed", history.connections().stream().filter(Connection::hasResumed).count());
    calls(history, "sent again", call -> call.attempts().size() > 1);
    calls(
        history,
        "answered again",
        call -> call.attempts().stream().filter(Call.Attempt::isOk).count() > 1);
  }

  private void locks(History history) {
    Claims claims = new Claims(history, "lock");
    Predicate<Call> acquired = call -> call.is("lock.acquire") && call.isOk();
    calls(history, "locks granted", acquired);
    calls(history, "of these shared", acquired.and(call -> "shared".equals(call.text("mode"))));
    calls(
        history, "of these once more", acquired.and(call -> call.answer().number("holds", 0) > 1));
    count(
        "locks lost",
        history.pushes().stream().filter(p -> "lock.lost".equals(p.text("op"))).count());
    count("kept through a cut", claims.all().stream().filter(c -> isKept(history, c)).count());
    var passOns = PassOnRule.passOns(history);
    count("passed on after a kill", passOns.size());
    count(
        "slowest of these, ms",
        passOns.stream().mapToLong(each -> each.nanos() / Stretch.MILLISECOND).max().orElse(0));
    for (String error : new String[] {"deadlock", "timeout", "cancelled", "fenced", "not_owner"}) {
      calls(history, error, call -> call.isRefused(error));
    }
  }

  /** Granted on one connection and released on another. */
  private static boolean isKept(History history, Claim claim) {
    Line last = claim.lines().get(claim.lines().size() - 1);
    return !claim.isGuess()
        && Boolean.TRUE.equals(last.header().get("ok"))
        && last.at() > history.connection(claim.grant().answer().name()).cutAt();
  }

  private void others(History history) {
    calls(history, "permits granted", call -> call.is("semaphore.acquire") && call.isOk());
    calls(history, "put under a fence", call -> call.is("queue.put") && call.isOk());
    calls(history, "went on at a barrier", call -> call.is("barrier.await") && call.isOk());
    calls(history, "broken", call -> call.isRefused("broken"));
    calls(history, "went on at a latch", call -> call.is("latch.await") && call.isOk());
    calls(history, "went on at an event", call -> call.is("event.wait") && call.isOk());
  }

  private void lines(History history, String name, Predicate<Line> which) {
    count(name, history.lines().stream().filter(which).count());
  }

  private void calls(History history, String name, Predicate<Call> which) {
    count(name, history.calls().stream().filter(which).count());
  }

  private void count(String name, long count) {
    counts.put(name, count);
  }

  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining("\n"));
  }
}
