package io.baozi.frame;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that JSON is written behind; they grow. By hand because a generator of Jackson's writes to
 * a buffer of its own first, and takes three times as long for a header. Not thread-safe.
 */
final class JsonBytes {
  /** An escape such as {@code \}{@code u001f}, the longest that a character may become. */
  private static final int LONGEST_CHARACTER = 6;

  private static final int LONGEST_INTEGER = 20;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;

  JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  int length() {
    return length;
  }

  int capacity() {
    return bytes.length;
  }

  void clear() {
    length = 0;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** A copy of exactly what has been written. */
  Buffer toBuffer() {
    return Buffer.buffer(length).appendBytes(bytes, 0, length);
  }

  private void reserve(long more) {
    if (bytes.length - length < more) {
      int needed = Math.toIntExact(length + more);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * length, 1 << 30)));
    }
  }

  /** Leaves room for four bytes, to be {@linkplain #setInt set} later; where they are. */
  int skipInt() {
    reserve(Integer.BYTES);
    length += Integer.BYTES;
    return length - Integer.BYTES;
  }

  /** Sets four bytes, the most significant first. */
  void setInt(int at, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[at + i] = (byte) (value >>> (Integer.SIZE - Byte.SIZE * (i + 1)));
    }
  }

  /** One ASCII character, as it is. */
  void ascii(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
  }

  void raw(byte[] utf8) {
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  void raw(Buffer body) {
    reserve(body.length());
    body.getBytes(bytes, length);
    length += body.length();
  }

  void integer(long value) {
    reserve(LONGEST_INTEGER);
    int digits = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      digits++;
    }
    if (value < 0) {
      bytes[length++] = '-';
    }
    length += digits;
    long rest = value;
    for (int i = 1; i <= digits; i++) {
      bytes[length - i] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    }
  }

  /** A string in quotes. A lone surrogate, which has no UTF-8, is written as an escape. */
  void string(String text) {
    reserve((long) LONGEST_CHARACTER * text.length() + 2);
    bytes[length++] = '"';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii7(c);
      } else if (!Character.isSurrogate(c)) {
        multiByte(c);
      } else if (isPair(text, i)) {
        multiByte(text.codePointAt(i++));
      } else {
        escape(c);
      }
    }
    bytes[length++] = '"';
  }

  private static boolean isPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }

  private void ascii7(char c) {
    if (c < ' ') {
      escape(c);
      return;
    }
    if (c == '"' || c == '\\') {
      bytes[length++] = '\\';
    }
    bytes[length++] = (byte) c;
  }

  private void escape(char c) {
    bytes[length++] = '\\';
    bytes[length++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(c >> shift) & 0xf];
    }
  }

  private void multiByte(int c) {
    if (c < 0x800) {
      bytes[length++] = (byte) (0xc0 | (c >> 6));
    } else if (c < 0x10000) {
      bytes[length++] = (byte) (0xe0 | (c >> 12));
      continuation(c >> 6);
    } else {
      bytes[length++] = (byte) (0xf0 | (c >> 18));
      continuation(c >> 12);
      continuation(c >> 6);
    }
    continuation(c);
  }

  private void continuation(int bits) {
    bytes[length++] = (byte) (0x80 | (bits & 0x3f));
  }
}
