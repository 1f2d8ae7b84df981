package io.baozi.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** No more permits are held than there are. */
final class PermitRule implements Rule {
  @Override
  public List<Violation> check(History history) {
    List<Violation> found = new ArrayList<>();
    new Claims(history, "semaphore").granted().values().forEach(claims -> sweep(claims, found));
    return found;
  }

  private static void sweep(List<Claim> claims, List<Violation> found) {
    claims.removeIf(claim -> claim.certain().isEmpty());
    claims.sort(Comparator.comparingLong(claim -> claim.certain().from()));
    TreeSet<Claim> held =
        new TreeSet<>(
            Comparator.comparingLong((Claim claim) -> claim.certain().until())
                .thenComparing(claim -> claim.certain().from())
                .thenComparing(System::identityHashCode));
    for (Claim claim : claims) {
      held.removeIf(each -> each.certain().until() <= claim.certain().from());
      held.add(claim);
      long permits = held.stream().mapToLong(Claim::permits).sum();
      long limit = claim.grant().number("limit", 1);
      if (permits > limit) {
        found.add(
            Violation.of(permits + " permits of " + limit + " held", held.toArray(Claim[]::new)));
      }
    }
  }
}
