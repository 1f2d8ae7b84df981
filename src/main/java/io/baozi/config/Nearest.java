package io.baozi.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known key that a person who wrote an unknown one may have meant. */
final class Nearest {
  private Nearest() {}

  /**
   * The candidate with the fewest edits from {@code wanted}, the first of several; none if more
   * than half of the word would have to change.
   */
  static Optional<String> to(String wanted, Collection<String> candidates) {
    return candidates.stream()
        .filter(
            candidate ->
                cost(wanted, candidate)
                    <= Math.max(last(wanted).length(), last(candidate).length()) / 2)
        .min(Comparator.comparingInt(candidate -> cost(wanted, candidate)));
  }

  /** The edits of the whole path, or of its last word and one more for the wrong section. */
  private static int cost(String wanted, String candidate) {
    return Math.min(edits(wanted, candidate), edits(last(wanted), last(candidate)) + 1);
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Levenshtein's distance, upper case being lower case. */
  static int edits(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = above[0];
      above[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = above[j];
        above[j] = Math.min(changed, 1 + Math.min(above[j], above[j - 1]));
      }
    }
    return above[b.length()];
  }
}
