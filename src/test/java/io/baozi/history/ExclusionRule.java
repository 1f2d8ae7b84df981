package io.baozi.history;

import java.util.ArrayList;
import java.util.List;

/**
 * While one holds a lock exclusively nobody else is granted it, and later grants have larger
 * tokens.
 */
final class ExclusionRule implements Rule {
  @Override
  public List<Violation> check(History history) {
    List<Violation> found = new ArrayList<>();
    for (List<Claim> byToken : new Claims(history, "lock").granted().values()) {
      tokens(byToken, found);
      overlaps(byToken, found);
    }
    return found;
  }

  private static void tokens(List<Claim> byToken, List<Violation> found) {
    Claim latestAsked = null;
    for (Claim claim : byToken) {
      if (latestAsked != null && claim.token() == latestAsked.token()) {
        found.add(Violation.of("two grants have one token", latestAsked, claim));
      }
      if (latestAsked != null && claim.grant().answeredAt() < latestAsked.grant().sentAt()) {
        found.add(Violation.of("a later grant has a smaller token", latestAsked, claim));
      }
      boolean isLater =
          latestAsked == null || claim.grant().sentAt() > latestAsked.grant().sentAt();
      latestAsked = isLater ? claim : latestAsked;
    }
  }

  /** Whoever has the smaller token was granted it first, whenever it heard of it. */
  private static void overlaps(List<Claim> byToken, List<Violation> found) {
    Claim longest = null;
    Claim longestExclusive = null;
    for (Claim claim : byToken) {
      long granted = claim.grant().answeredAt();
      if (claim.isExclusiveFromStart() && longest != null && longest.certain().until() > granted) {
        found.add(Violation.of("granted exclusively while another holds it", longest, claim));
      } else if (longestExclusive != null && longestExclusive.certain().until() > granted) {
        found.add(Violation.of("granted while another holds it alone", longestExclusive, claim));
      }
      longest = longer(longest, claim);
      longestExclusive =
          claim.isExclusiveFromStart() ? longer(longestExclusive, claim) : longestExclusive;
    }
    upgrades(byToken, found);
  }

  private static Claim longer(Claim one, Claim other) {
    return one == null || other.certain().until() > one.certain().until() ? other : one;
  }

  private static void upgrades(List<Claim> claims, List<Violation> found) {
    for (Claim claim : claims) {
      if (!claim.isExclusiveFromStart() && !claim.exclusive().isEmpty()) {
        claims.stream()
            .filter(other -> other != claim && other.certain().overlaps(claim.exclusive()))
            .forEach(o -> found.add(Violation.of("made exclusive while shared", claim, o)));
      }
    }
  }
}
