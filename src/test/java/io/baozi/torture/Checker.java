package io.baozi.torture;

import io.baozi.torture.Event.Started;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Holds events against all rules, as they come, from any thread. */
final class Checker {
  private final List<Rule> rules =
      List.of(
          new KeptRule(),
          new GoneRule(),
          new ContentRule(),
          new KeyRule(),
          new IdRule(),
          new OrderRule(),
          new TokenRule(),
          new AttemptRule(),
          new DeadRule(),
          new DelayRule(),
          new TtlRule(),
          new SyncRule(),
          new QueueRule(),
          new FaultRule());

  private final Ledger ledger = new Ledger();
  private final Tally tally = new Tally();
  private final List<Violation> violations = new ArrayList<>();
  private int round;

  /** What came in the life of the server before, and in this one. */
  private List<Event> before = List.of();

  private List<Event> now = new ArrayList<>();

  /** All that a history breaks. */
  static List<Violation> check(List<Event> history) {
    Checker checker = new Checker();
    history.forEach(checker::see);
    return checker.violations();
  }

  synchronized void see(Event event) {
    if (event instanceof Started started) {
      round = started.round();
      before = now;
      now = new ArrayList<>();
    }
    now.add(event);
    for (Rule rule : rules) {
      String name = rule.getClass().getSimpleName();
      rule.see(event, ledger, said -> violations.add(new Violation(name, round, said)));
    }
    ledger.see(event);
    tally.see(event);
  }

  /** Something that no event tells of. */
  synchronized void broken(String rule, String sentence) {
    violations.add(new Violation(rule, round, sentence));
  }

  synchronized List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** What came in this life of the server and in the one before, for who reads of a violation. */
  synchronized List<Event> lately() {
    return Stream.concat(before.stream(), now.stream()).toList();
  }

  /** How many messages may be there. */
  synchronized int live() {
    return ledger.live().size();
  }

  synchronized Tally tally() {
    return tally.copy();
  }
}
