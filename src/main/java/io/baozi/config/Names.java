package io.baozi.config;

/** The names of objects, by the rules of the protocol. */
final class Names {
  static final String ALLOWED =
      "a name of 1 to 255 code points without control characters or lone surrogates";

  private Names() {}

  static boolean isName(String text) {
    int length = text.codePointCount(0, text.length());
    return length >= 1 && length <= 255 && text.codePoints().allMatch(Names::isNamePart);
  }

  private static boolean isNamePart(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }
}
