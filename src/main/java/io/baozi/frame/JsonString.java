package io.baozi.frame;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** One string of a JSON text after the other. */
final class JsonString {
  private static final String ESCAPES = "\"\\/bfnrtu";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";
  private static final int HEX_DIGITS = 4;

  private final byte[] utf8;

  /** Null if each is made anew. */
  private final Words words;

  private boolean isUtf8;
  private int start;
  private int end;
  private boolean escaped;

  JsonString(byte[] utf8, Words words) {
    this.utf8 = utf8;
    this.words = words;
  }

  /** Passes the string whose opening quote is at this index; the index behind its closing one. */
  int scan(int quote) throws MalformedHeaderException {
    start = quote + 1;
    escaped = false;
    int at = start;
    for (int b; (b = byteAt(at)) != '"'; ) {
      if (b == '\\') {
        at = escape(at + 1);
      } else if (b >= ' ') {
        at++;
      } else if (b < 0) {
        requireUtf8();
        at++;
      } else {
        throw MalformedHeaderException.notJson(utf8, at, "the rest of a string");
      }
    }
    end = at;
    return at + 1;
  }

  /** The byte, 0 behind the end: no JSON has it. */
  private int byteAt(int index) {
    return index < utf8.length ? utf8[index] : 0;
  }

  private int escape(int at) throws MalformedHeaderException {
    escaped = true;
    if (ESCAPES.indexOf(byteAt(at)) < 0) {
      throw MalformedHeaderException.notJson(utf8, at, "an escape");
    }
    if (byteAt(at) != 'u') {
      return at + 1;
    }
    for (int i = at + 1; i <= at + HEX_DIGITS; i++) {
      if (hex(byteAt(i)) < 0) {
        throw MalformedHeaderException.notJson(utf8, i, "a hexadecimal digit");
      }
    }
    return at + 1 + HEX_DIGITS;
  }

  private static int hex(int b) {
    return b < 0 ? -1 : Character.digit(b, 16);
  }

  /**
   * Checks all of the text, at its first byte that is not ASCII; elsewhere such bytes are errors.
   */
  private void requireUtf8() throws MalformedHeaderException {
    if (isUtf8) {
      return;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
    } catch (CharacterCodingException e) {
      throw new MalformedHeaderException("the header is not UTF-8");
    }
    isUtf8 = true;
  }

  /** The text of the string that was passed; a lone surrogate that was escaped stays in it. */
  String text() {
    if (!escaped) {
      return words == null ? plain(start, end) : words.word(utf8, start, end);
    }
    StringBuilder text = new StringBuilder(end - start);
    int done = start;
    for (int i = start; i < end; i++) {
      if (utf8[i] == '\\') {
        text.append(plain(done, i)).append(unescaped(i + 1));
        i += utf8[i + 1] == 'u' ? 1 + HEX_DIGITS : 1;
        done = i + 1;
      }
    }
    return text.append(plain(done, end)).toString();
  }

  private String plain(int from, int to) {
    return new String(utf8, from, to - from, StandardCharsets.UTF_8);
  }

  private char unescaped(int at) {
    if (utf8[at] != 'u') {
      return ESCAPED.charAt(ESCAPES.indexOf(utf8[at]));
    }
    int c = 0;
    for (int i = at + 1; i <= at + HEX_DIGITS; i++) {
      c = c << 4 | hex(utf8[i]);
    }
    return (char) c;
  }
}
