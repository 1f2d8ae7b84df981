package io.baozi.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The lock of a killed client passes on at once to whoever waits for it. */
final class PassOnRule implements Rule {
  /**
   * A lock that passed on.
   *
   * @param nanos from the kill to the answer, pauses taken off
   */
  record PassOn(Claim from, Claim to, long nanos) {}

  @Override
  public List<Violation> check(History history) {
    return passOns(history).stream()
        .filter(each -> each.nanos() > WakeupRule.BOUND)
        .map(each -> Violation.of("passed on late after a kill", each.from(), each.to()))
        .toList();
  }

  /** Those whose next holder is certain: it waited already, and nobody unseen was before it. */
  static List<PassOn> passOns(History history) {
    List<PassOn> passOns = new ArrayList<>();
    Claims claims = new Claims(history, "lock");
    List<Line> kills =
        history.lines().stream().filter(line -> line.kind() == Line.Kind.KILLED).toList();
    claims
        .granted()
        .forEach(
            (lock, granted) -> {
              List<Claim> all = claims.byObject().get(lock);
              for (int i = 0; i + 1 < granted.size(); i++) {
                Claim from = granted.get(i);
                Claim to = granted.get(i + 1);
                kills.stream()
                    .filter(kill -> isPassOn(history, kill, from, to, all))
                    .forEach(kill -> passOns.add(new PassOn(from, to, nanos(history, kill, to))));
              }
            });
    return passOns;
  }

  private static boolean isPassOn(
      History history, Line kill, Claim from, Claim to, List<Claim> all) {
    Stretch between = new Stretch(kill.at(), to.grant().answeredAt());
    return kill.name().equals(from.grant().client())
        && from.certain().until() == kill.at()
        && from.exclusive().until() == kill.at()
        && to.grant().sentAt() < kill.at()
        && to.grant().attempts().size() == 1
        && others(all, from, to)
            .noneMatch(other -> other.possible(history.pauses()).overlaps(between));
  }

  private static Stream<Claim> others(List<Claim> all, Claim from, Claim to) {
    return all.stream().filter(other -> other != from && other != to);
  }

  private static long nanos(History history, Line kill, Claim to) {
    Stretch between = new Stretch(kill.at(), to.grant().answeredAt());
    return between.length() - history.pauses().of(to.grant().client(), between);
  }
}
