package io.baozi.frame;

/**
 * Walks over JSON text, strictly as RFC 8259 has it, in time linear to its length. By hand, for two
 * reasons: a header is most of what a small frame costs, and Jackson takes three times as long; and
 * Jackson's parsers share a table of names that they copy for each new one, so that a peer who
 * invents names makes every frame of forty bytes cost 285 kB. A fuzz test holds it against Jackson.
 */
final class JsonScanner {
  /** Deeper nesting than this is refused: it serves nobody, and following it takes stack. */
  private static final int MAX_DEPTH = 500;

  private final byte[] utf8;
  private final JsonString string;
  private int at;
  private long integer;

  JsonScanner(byte[] utf8) {
    this(utf8, null);
  }

  /** A scanner that takes its strings from among these words, if they are there. */
  JsonScanner(byte[] utf8, Words words) {
    this.utf8 = utf8;
    this.string = new JsonString(utf8, words);
  }

  /** The index of the byte that comes next. */
  int at() {
    return at;
  }

  /** Goes back to an index where it has been. */
  void back(int index) {
    at = index;
  }

  /** The next byte that is no blank, 0 if there is none (no JSON has it); stands on it. */
  int peek() {
    while (at < utf8.length && isBlank(utf8[at])) {
      at++;
    }
    return here();
  }

  /** Whether all has been passed, but for blanks. */
  boolean isAtEnd() {
    peek();
    return at == utf8.length;
  }

  private int here() {
    return at < utf8.length ? utf8[at] : 0;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Passes this byte if it comes next, blanks aside; whether it did. */
  boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  void expect(char c) throws MalformedHeaderException {
    if (!take(c)) {
      throw unexpected("a " + c);
    }
  }

  void literal(String word) throws MalformedHeaderException {
    for (int i = 0; i < word.length(); i++) {
      if (here() != word.charAt(i)) {
        throw unexpected(word);
      }
      at++;
    }
  }

  /** Passes a string; its text. */
  String string() throws MalformedHeaderException {
    skipString();
    return string.text();
  }

  private void skipString() throws MalformedHeaderException {
    if (peek() != '"') {
      throw unexpected("a string");
    }
    at = string.scan(at);
  }

  /** Passes a number; whether it is an integer that fits a long, which {@link #integer()} has. */
  boolean number() throws MalformedHeaderException {
    boolean negative = passes('-');
    int start = at;
    digits();
    int end = at;
    if (utf8[start] == '0' && end > start + 1) {
      throw unexpected("a number without leading 0");
    }
    if (passes('.')) {
      digits();
    }
    if (passes('e') || passes('E')) {
      if (!passes('+')) {
        passes('-');
      }
      digits();
    }
    return at == end && fitsLong(start, end, negative);
  }

  /** The integer that was passed last. */
  long integer() {
    return integer;
  }

  private boolean passes(char c) {
    if (here() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void digits() throws MalformedHeaderException {
    int start = at;
    while (isDigit(here())) {
      at++;
    }
    if (at == start) {
      throw unexpected("a value");
    }
  }

  private static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  /** Counts below zero, where a long has one number more. */
  private boolean fitsLong(int start, int end, boolean negative) {
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = utf8[i] - '0';
      if (value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
        return false;
      }
      value = value * 10 - digit;
    }
    integer = negative ? value : -value;
    return negative || value != Long.MIN_VALUE;
  }

  /** Whether a number comes next, blanks aside. */
  boolean isAtNumber() {
    int b = peek();
    return b == '-' || isDigit(b);
  }

  /** Passes a value of any kind that stands inside of this many arrays and objects. */
  void skipValue(int depth) throws MalformedHeaderException {
    switch (peek()) {
      case '{' -> skipObject(depth + 1);
      case '[' -> skipArray(depth + 1);
      case '"' -> skipString();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    }
  }

  private void skipObject(int depth) throws MalformedHeaderException {
    requireShallow(depth);
    expect('{');
    if (take('}')) {
      return;
    }
    do {
      skipString();
      expect(':');
      skipValue(depth);
    } while (take(','));
    expect('}');
  }

  private void skipArray(int depth) throws MalformedHeaderException {
    requireShallow(depth);
    expect('[');
    if (take(']')) {
      return;
    }
    do {
      skipValue(depth);
    } while (take(','));
    expect(']');
  }

  private static void requireShallow(int depth) throws MalformedHeaderException {
    if (depth > MAX_DEPTH) {
      throw new MalformedHeaderException("the header nests deeper than " + MAX_DEPTH);
    }
  }

  private MalformedHeaderException unexpected(String expected) {
    return MalformedHeaderException.notJson(utf8, at, expected);
  }
}
