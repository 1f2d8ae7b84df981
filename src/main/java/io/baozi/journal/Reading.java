package io.baozi.journal;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;

/**
 * One reading of all rows of a family, in which a stretch that cannot be read is passed over. Rows
 * lie in blocks, and a block that is damaged takes its rows with it: the next that can be read is
 * looked for by steps that double, then halve.
 */
final class Reading {
  /** So much of a key counts when a stretch is passed over: the ids of a queue and a message. */
  private static final int KEY = 16;

  private static final BigInteger END = BigInteger.ONE.shiftLeft(8 * KEY);

  private final Store store;
  private final Family family;
  private final Archive.Reader to;
  private final Consumer<Fault> unreadable;
  private byte[] last; // key that was handed over; null before the first

  Reading(Store store, Family family, Archive.Reader to, Consumer<Fault> unreadable) {
    this.store = store;
    this.family = family;
    this.to = to;
    this.unreadable = unreadable;
  }

  void run() throws IOException {
    byte[] from = new byte[0];
    while (from != null) {
      from = readFrom(from);
    }
  }

  /** Reads on from a key; where to go on behind a stretch that cannot be read, null for nowhere. */
  private byte[] readFrom(byte[] from) throws IOException {
    try {
      store.scan(family, from, this::row);
      return null;
    } catch (RocksDBException e) {
      BigInteger before = number(last == null ? from : last);
      BigInteger next = next(before);
      unreadable.accept(fault(e, next));
      return next.equals(END) ? null : key(next);
    }
  }

  private void row(byte[] key, byte[] value) throws IOException {
    last = key;
    Entry entry;
    try {
      entry = Rows.entry(family, key, value);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      unreadable.accept(new Fault(place(key), "the row cannot be read: " + e.getMessage()));
      return;
    }
    to.entry(entry);
  }

  /** The least key behind one from which rows can be read again. */
  private BigInteger next(BigInteger before) {
    BigInteger bad = before;
    BigInteger step = BigInteger.ONE;
    BigInteger good = before.add(step);
    while (good.compareTo(END) < 0 && !store.isReadable(family, key(good))) {
      bad = good;
      step = step.shiftLeft(1);
      good = before.add(step);
    }
    good = good.min(END);
    while (good.subtract(bad).compareTo(BigInteger.ONE) > 0) {
      BigInteger middle = bad.add(good).shiftRight(1);
      if (store.isReadable(family, key(middle))) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    return good;
  }

  private Fault fault(RocksDBException e, BigInteger next) {
    String from = last == null ? "from the first" : "behind " + place(last);
    String to = next.equals(END) ? " to the last" : "";
    return new Fault(
        family.rows() + " " + from + to, "a stretch of rows cannot be read: " + Damage.why(e));
  }

  private String place(byte[] key) {
    Fields fields = new Fields(key);
    return switch (family) {
      case COUNTERS -> "counter " + fields.text();
      case INDEX ->
          key.length == KEY
              ? "message " + second(key) + " of queue number " + fields.eight()
              : "a row of messages";
      case QUEUES, BODIES, KEYS, LOG ->
          key.length >= Long.BYTES
              ? family.rows() + " of number " + fields.eight()
              : "a row of " + family.rows();
    };
  }

  private static long second(byte[] key) {
    return new Fields(Arrays.copyOfRange(key, Long.BYTES, key.length)).eight();
  }

  private static BigInteger number(byte[] key) {
    return new BigInteger(1, Arrays.copyOf(key, KEY));
  }

  private static byte[] key(BigInteger number) {
    byte[] digits = number.toByteArray();
    byte[] key = new byte[KEY];
    int length = Math.min(digits.length, KEY);
    System.arraycopy(digits, digits.length - length, key, KEY - length, length);
    return key;
  }
}
