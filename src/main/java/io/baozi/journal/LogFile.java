package io.baozi.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A write-ahead log of RocksDB, read as far as it is whole (the form is that of db/log_format.h).
 * Blocks of 32 KiB hold fragments: checksum, length, type, bytes; a record, which is a {@link
 * Batch}, is one whole fragment, or a first one, middle ones and a last one. No fragment crosses a
 * block; a rest too small for a head stays empty. The checksum is a masked CRC-32C of the type and
 * the bytes.
 */
final class LogFile {
  private static final int BLOCK = 32 << 10;
  private static final int HEAD = 7;
  private static final int TYPE = 6;
  private static final int MASK = 0xa282ead8;

  private static final int NONE = 0;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int MIDDLE = 3;
  private static final int LAST = 4;

  /** Types that say something about the log itself; the last two may be passed over by any. */
  private static final int COMPRESSION = 9;

  private static final int TIMESTAMPS = 10;
  private static final int PREDECESSOR = 33;

  /**
   * What was found.
   *
   * @param size of the file
   * @param damage where the first record begins that is not whole; -1 if all are
   * @param loss where, behind it, a whole record begins before which all was settled; -1 if none
   */
  record Finding(Path file, long size, long damage, long loss) {
    boolean isWhole() {
      return damage < 0;
    }
  }

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final byte[] block = new byte[BLOCK];
  private final ByteBuffer view = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private long base; // of the block in the file
  private int end; // of what the block has
  private int at;
  private long begun = -1; // where a record began that has not ended yet
  private long damage = -1;
  private long loss = -1;

  private LogFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
  }

  static Finding read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new LogFile(file, channel).find();
    }
  }

  private Finding find() throws IOException {
    for (base = 0; base < size && loss < 0; base += BLOCK) {
      load(base);
      at = 0;
      while (at < end && damage < 0) {
        step();
      }
      if (damage >= 0) {
        search();
      }
    }
    if (damage < 0 && begun >= 0) {
      damage = begun;
    }
    return new Finding(file, size, damage, loss);
  }

  private void load(long from) throws IOException {
    view.clear();
    int read = 0;
    while (view.hasRemaining() && read >= 0) {
      read = channel.read(view, from + view.position());
    }
    end = view.position();
  }

  /** Passes over one fragment, or finds it damaged. */
  private void step() throws IOException {
    if (end - at < HEAD && end == BLOCK) {
      at = end;
    } else if (isWhole(at) && follows(block[at + TYPE])) {
      pass();
    } else if (isBlank()) {
      base = size;
      at = end;
    } else {
      damage = begun >= 0 ? begun : base + at;
    }
  }

  private void pass() {
    switch (block[at + TYPE]) {
      case FIRST -> begun = base + at;
      case LAST -> begun = -1;
      default -> {} // begins and ends nothing
    }
    at += HEAD + length(at);
  }

  /** Looks, from where the damage was met, at every byte for the beginning of a record. */
  private void search() {
    while (at <= end - HEAD && loss < 0) {
      int type = block[at + TYPE];
      if ((type == FULL || type == FIRST) && isWhole(at) && isAfterSettled(at)) {
        loss = base + at;
      }
      at++;
    }
  }

  private boolean isAfterSettled(int from) {
    int remark = from + HEAD + Batch.REMARK;
    boolean has = length(from) > Batch.REMARK + 2 && block[remark] == Batch.REMARK_TAG;
    return !has || block[remark + 2] != 0;
  }

  private boolean isWhole(int from) {
    if (end - from < HEAD || length(from) > end - from - HEAD || !isKnown(block[from + TYPE])) {
      return false;
    }
    crc.reset();
    crc.update(block, from + TYPE, 1 + length(from));
    int sum = (int) crc.getValue();
    return (sum >>> 15 | sum << 17) + MASK == view.getInt(from);
  }

  private int length(int from) {
    return view.getShort(from + 4) & 0xffff;
  }

  private static boolean isKnown(int type) {
    return switch (type) {
      case FULL, FIRST, MIDDLE, LAST, COMPRESSION, TIMESTAMPS, PREDECESSOR -> true;
      default -> false;
    };
  }

  private boolean follows(int type) {
    return switch (type) {
      case MIDDLE, LAST -> begun >= 0;
      case FULL, FIRST -> begun < 0;
      default -> true;
    };
  }

  /** Whether zeros follow to the end, as of a file that was made longer than what it holds. */
  private boolean isBlank() throws IOException {
    if (end - at >= HEAD && block[at + TYPE] != NONE) {
      return false;
    }
    long here = base;
    int from = at;
    boolean blank = isBlank(from);
    for (long next = here + BLOCK; blank && next < size; next += BLOCK) {
      load(next);
      blank = isBlank(0);
    }
    load(here);
    at = from;
    return blank;
  }

  private boolean isBlank(int from) {
    for (int i = from; i < end; i++) {
      if (block[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
