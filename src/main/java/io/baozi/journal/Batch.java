package io.baozi.journal;

/**
 * One write of RocksDB's in its own form (the head of its db/write_batch.cc), so that handing it
 * over is one call into native code and not one for each row. A batch is eight bytes for a sequence
 * number, which RocksDB fills in, four for the number of rows, least significant first, then its
 * rows: a tag; the column family but for that of number 0; key, and with a value value, each behind
 * its length. The first, which counts for nothing, is a remark for {@link LogFile}.
 */
final class Batch {
  /** Where the remark is in the record of a log. */
  static final int REMARK = 12;

  /** How a remark begins: its tag and its length. */
  static final int REMARK_TAG = 0x03;

  private static final int COUNT = 8;
  private static final int DELETION = 0x00;
  private static final int VALUE = 0x01;
  private static final int FAMILY_DELETION = 0x04;
  private static final int FAMILY_VALUE = 0x05;
  private static final int USUAL = 1 << 20;

  private final Octets out = new Octets();
  private int rows;

  /**
   * Starts anew.
   *
   * @param settled whether all that was written before is known to be on disk: damage before this
   *     batch is then a loss
   */
  void begin(boolean settled) {
    out.trim(USUAL);
    out.clear().eight(0).octet(0).octet(0).octet(0).octet(0);
    out.octet(REMARK_TAG).varint(1).octet(settled ? 1 : 0);
    rows = 0;
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
