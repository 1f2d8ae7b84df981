package io.baozi.history;

import java.util.List;

/** All that a history is held against. */
final class Checker {
  private static final List<Rule> RULES =
      List.of(
          new ExclusionRule(),
          new HoldRule(),
          new FenceRule(),
          new PermitRule(),
          new WakeupRule(),
          new PassOnRule(),
          new AnswerRule(),
          new SessionRule(),
          new BarrierRule(),
          new LatchRule(),
          new EventRule(),
          new DeadlockRule(),
          new EndRule());

  private Checker() {}

  static List<Violation> check(History history) {
    return RULES.stream().flatMap(rule -> rule.check(history).stream()).toList();
  }
}
