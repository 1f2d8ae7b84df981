package io.baozi.flow;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word that a person who wrote an unknown one may have meant. */
final class Nearest {
  private Nearest() {}

  /** The word with the fewest edits, if no more than half of it would have to change. */
  static Optional<String> to(String written, Collection<String> words) {
    return words.stream()
        .filter(word -> edits(written, word) <= Math.max(written.length(), word.length()) / 2)
        .min(Comparator.comparingInt(word -> edits(written, word)));
  }

  /** Levenshtein's distance. */
  static int edits(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
