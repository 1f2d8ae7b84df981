package io.baozi.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes one behind the other, in an array that grows and is used again. */
final class Octets {
  private byte[] bytes = new byte[256];
  private int length;

  /** Starts anew. */
  Octets clear() {
    length = 0;
    return this;
  }

  int length() {
    return length;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Room that was needed for once is given back. */
  void trim(int most) {
    if (bytes.length > most) {
      bytes = new byte[most];
      length = 0;
    }
  }

  /** Has room for so many more, so that the array need not grow by steps. */
  Octets reserve(int more) {
    room(more);
    return this;
  }

  Octets octet(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** Eight bytes, most significant first, so that rows are ordered as positive numbers are. */
  Octets eight(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** Seven bits a byte, least significant first, as RocksDB has it too. */
  Octets varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  /** Small if its absolute value is. */
  Octets signed(long value) {
    return varint((value << 1) ^ (value >> 63));
  }

  Octets all(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  Octets all(Octets more) {
    room(more.length);
    System.arraycopy(more.bytes, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  Octets text(String text) {
    return all(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A text with its length before it. */
  Octets sized(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return varint(utf8.length).all(utf8);
  }

  /** Puts four bytes at a place that is taken, least significant first. */
  void fourAt(int at, int value) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >>> (8 * i));
    }
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      int wanted = Math.addExact(length, more);
      bytes = Arrays.copyOf(bytes, (int) Math.max(wanted, Math.min(2L * length, 1 << 30)));
    }
  }
}
