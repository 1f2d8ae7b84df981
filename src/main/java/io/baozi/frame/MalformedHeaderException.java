package io.baozi.frame;

/** The bytes of a header are not the JSON object that the protocol asks for; says why. */
public final class MalformedHeaderException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedHeaderException(String message) {
    super(message, null, false, false);
  }

  /** At this index the text is not JSON any more. */
  static MalformedHeaderException notJson(byte[] utf8, int at, String expected) {
    return new MalformedHeaderException(
        "the header is not JSON: it "
            + (at < utf8.length ? "has " + shown(utf8[at]) : "ends")
            + " at byte "
            + at
            + ", expected is "
            + expected);
  }

  private static String shown(byte b) {
    return b > ' ' && b < 0x7f ? "'" + (char) b + "'" : String.format("0x%02x", b);
  }
}
