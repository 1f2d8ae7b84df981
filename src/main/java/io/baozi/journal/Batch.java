package io.baozi.journal;

import org.rocksdb.RocksDBException;

/**
 * One write of RocksDB's in its own form (the head of its db/write_batch.cc), so that handing it
 * over is one call into native code and not one for each row. A batch is eight bytes for a sequence
 * number, which RocksDB fills in, four for the number of rows, least significant first, then its
 * rows: a tag; the column family but for that of number 0; key, and with a value value, each behind
 * its length.
 */
final class Batch {
  private static final int HEAD = 12;
  private static final int COUNT = 8;
  private static final int DELETION = 0x00;
  private static final int VALUE = 0x01;
  private static final int FAMILY_DELETION = 0x04;
  private static final int FAMILY_VALUE = 0x05;
  private static final int USUAL = 1 << 20;

  private final Octets out = new Octets();
  private int rows;

  /** What is handed rows. */
  interface Reader {
    /**
     * Takes one.
     *
     * @param family its number
     * @param value null if the row is removed
     */
    void row(int family, byte[] key, byte[] value) throws RocksDBException;
  }

  /** Hands over the rows of one. */
  static void read(byte[] batch, Reader to) throws RocksDBException {
    Fields in = new Fields(batch);
    in.skip(HEAD);
    while (in.hasMore()) {
      int tag = in.octet();
      boolean isPlain = tag == VALUE || tag == DELETION;
      int family = isPlain ? 0 : (int) in.varint();
      byte[] key = in.bytes((int) in.varint());
      boolean hasValue = tag == VALUE || tag == FAMILY_VALUE;
      to.row(family, key, hasValue ? in.bytes((int) in.varint()) : null);
    }
  }

  /**
   * Starts anew.
   *
   * @param size in bytes, about
   */
  void begin(long size) {
    out.trim(USUAL);
    out.clear().reserve((int) Math.min(size, 1 << 30)).eight(0).octet(0).octet(0).octet(0).octet(0);
    rows = 0;
  }

  /** Gives back what it takes; it is to begin anew. */
  void release() {
    out.trim(0);
  }

  void put(int family, Octets key, Octets value) {
    key(family, key, VALUE, FAMILY_VALUE);
    out.varint(value.length()).all(value);
  }

  void put(int family, Octets key, byte[] value) {
    key(family, key, VALUE, FAMILY_VALUE);
    out.varint(value.length).all(value);
  }

  void remove(int family, Octets key) {
    key(family, key, DELETION, FAMILY_DELETION);
  }

  boolean isEmpty() {
    return rows == 0;
  }

  byte[] toArray() {
    out.fourAt(COUNT, rows);
    return out.toArray();
  }

  private void key(int family, Octets key, int plainTag, int familyTag) {
    if (family == 0) {
      out.octet(plainTag);
    } else {
      out.octet(familyTag).varint(family);
    }
    out.varint(key.length()).all(key);
    rows++;
  }
}
