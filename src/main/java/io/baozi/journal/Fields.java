package io.baozi.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What {@link Octets} wrote, read in the same order. Past the end it throws what arrays throw. */
final class Fields {
  private final byte[] bytes;
  private int at;

  Fields(byte[] bytes) {
    this.bytes = bytes;
  }

  int octet() {
    return bytes[at++] & 0xff;
  }

  long eight() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | octet();
    }
    return value;
  }

  long varint() {
    long value = 0;
    int shift = 0;
    int next = octet();
    while (next >= 0x80) {
      value |= (next & 0x7fL) << shift;
      shift += 7;
      next = octet();
    }
    return value | (long) next << shift;
  }

  long signed() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  String sized() {
    int length = Math.toIntExact(varint());
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  String text() {
    return new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8);
  }

  byte[] bytes(int length) {
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  void skip(int length) {
    at += length;
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  byte[] rest() {
    return Arrays.copyOfRange(bytes, at, bytes.length);
  }
}
