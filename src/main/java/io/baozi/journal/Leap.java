package io.baozi.journal;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The way over rows that cannot be read. Where they end is not known, so it is tried: at each of
 * the next numbers, since most keys end with one that only grows, then in strides that double.
 */
final class Leap {
  private static final int DENSE = 1024;

  private final RocksIterator rows;
  private final int width;
  private byte[] last;

  /**
   * @param width of a key, in bytes
   */
  Leap(RocksIterator rows, int width) {
    this.rows = rows;
    this.width = width;
    this.last = new byte[width];
  }

  /** A row was read. */
  void passed(byte[] key) {
    last = key;
  }

  /** Whether there is a row, be it after a leap, of which {@code gap} is told. */
  boolean isAtRow(Consumer<RocksDBException> gap) {
    if (rows.isValid()) {
      return true;
    }
    RocksDBException why = fault();
    if (why == null) {
      return false;
    }
    gap.accept(why);
    return leap();
  }

  private boolean leap() {
    byte[] from = Arrays.copyOf(last, Math.max(last.length, width));
    BigInteger at = new BigInteger(1, from);
    BigInteger stride = BigInteger.ONE;
    for (int tried = 0; ; tried++) {
      at = at.add(stride);
      stride = tried < DENSE ? stride : stride.shiftLeft(1);
      if (at.bitLength() > from.length * Byte.SIZE) {
        return false;
      }
      rows.seek(key(at, from.length));
      if (rows.isValid()) {
        return true;
      }
      if (fault() == null) {
        return false;
      }
    }
  }

  private static byte[] key(BigInteger number, int length) {
    byte[] key = new byte[length];
    byte[] digits = number.toByteArray();
    int count = Math.min(digits.length, length);
    System.arraycopy(digits, digits.length - count, key, length - count, count);
    return key;
  }

  /** Why there is no row; null if it is the end. */
  private RocksDBException fault() {
    try {
      rows.status();
      return null;
    } catch (RocksDBException e) {
      return e;
    }
  }
}
