package io.baozi.cli;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/** How many cells of a terminal a text takes: most characters one, ideographs two, marks none. */
final class Width {
  private static final Set<UnicodeScript> WIDE =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.YI);

  /** Emoji and pictographs, as far as terminals show them wide. */
  private static final int FIRST_EMOJI = 0x1F300;

  private static final int LAST_EMOJI = 0x1FAFF;

  private static final String CUT = "…";

  private Width() {}

  static int of(String text) {
    return text.codePoints().map(Width::of).sum();
  }

  private static int of(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(codePoint) ? 2 : 1;
    };
  }

  private static boolean isWide(int codePoint) {
    boolean isEmoji = codePoint >= FIRST_EMOJI && codePoint <= LAST_EMOJI;
    boolean isFull = codePoint >= 0x3000 && codePoint <= 0x303E;
    boolean isFullForm = codePoint >= 0xFF01 && codePoint <= 0xFF60;
    return isEmoji || isFull || isFullForm || WIDE.contains(UnicodeScript.of(codePoint));
  }

  /** A text in so many cells: cut, with a mark, if it takes more. */
  static String cut(String text, int cells) {
    if (of(text) <= cells) {
      return text;
    }
    int end = 0;
    int taken = 1;
    while (taken + of(text.codePointAt(end)) <= cells) {
      taken += of(text.codePointAt(end));
      end = text.offsetByCodePoints(end, 1);
    }
    return text.substring(0, end) + CUT;
  }

  static String padded(String text, int cells) {
    return text + " ".repeat(Math.max(0, cells - of(text)));
  }

  static String leftPadded(String text, int cells) {
    return " ".repeat(Math.max(0, cells - of(text))) + text;
  }
}
