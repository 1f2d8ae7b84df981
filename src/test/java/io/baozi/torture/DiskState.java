package io.baozi.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What faultydisk.c writes down and is told, in the layout of its struct state. */
final class DiskState {
  private static final int FILES = 4096;
  private static final int STEPS = 8192;
  private static final int FIRST_FILE = 128;
  private static final int FILE_BYTES = 64;
  private static final int FIRST_STEP = FIRST_FILE + FILES * FILE_BYTES;
  private static final int PATH_BYTES = 492;
  private static final int STEP_BYTES = 24 + 2 * PATH_BYTES;

  /** Words that are told, by where they are. */
  enum Word {
    WRITE_ERROR(0),
    WRITE_ERRORS(4),
    FORCE_ERROR(8),
    FORCE_ERRORS(12),
    SLOW_FORCE(16),
    NO_SPACE(20),
    OVERFLOW(24),
    STEPS(28),
    SPARED_FORCES(72),
    PART(76);

    private final int at;

    Word(int at) {
      this.at = at;
    }
  }

  /** What is counted, by where it is. */
  enum Count {
    WRITES(32),
    FORCES(40),
    FAILED_WRITES(48),
    FAILED_FORCES(56);

    private final int at;

    Count(int at) {
      this.at = at;
    }
  }

  /** Bytes from a place up to another, that one not included. */
  record Range(long from, long to) {
    boolean isEmpty() {
      return from >= to;
    }

    Range join(Range other) {
      if (isEmpty() || other.isEmpty()) {
        return isEmpty() ? other : this;
      }
      return new Range(Math.min(from, other.from), Math.max(to, other.to));
    }
  }

  /** What befalls a name. */
  enum Kind {
    CREATED,
    RENAMED,
    REMOVED
  }

  /**
   * A change of a directory that is not forced.
   *
   * @param kept the number of the hard link to what was lost by it, 0 for none
   */
  record Step(Kind kind, long kept, Path from, Path to) {}

  private final MappedByteBuffer words;

  /** Maps the file, made if it is not there. */
  DiskState(Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      words = channel.map(MapMode.READ_WRITE, 0, FIRST_STEP + (long) STEPS * STEP_BYTES);
      words.order(ByteOrder.nativeOrder());
    }
  }

  int get(Word word) {
    return words.getInt(word.at);
  }

  void set(Word word, int value) {
    words.putInt(word.at, value);
  }

  long count(Count count) {
    return words.getLong(count.at);
  }

  /** What is not forced of each file, by its inode. */
  Map<Long, Range> unforced() {
    Map<Long, Range> unforced = new HashMap<>();
    for (int i = 0; i < FILES; i++) {
      int at = FIRST_FILE + i * FILE_BYTES;
      Range range = range(at + 8).join(range(at + 24)).join(range(at + 40));
      if (words.getLong(at) != 0 && !range.isEmpty()) {
        unforced.put(words.getLong(at), range);
      }
    }
    return unforced;
  }

  private Range range(int at) {
    return new Range(words.getLong(at), words.getLong(at + 8));
  }

  /** The steps that are not forced, in the order done. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < get(Word.STEPS); i++) {
      int at = FIRST_STEP + i * STEP_BYTES;
      if (words.getInt(at + 4) == 0) {
        Kind kind = Kind.values()[words.getInt(at) - 1];
        steps.add(new Step(kind, words.getLong(at + 8), path(at + 24), path(at + 24 + PATH_BYTES)));
      }
    }
    return steps;
  }

  private Path path(int at) {
    ByteBuffer bytes = words.slice(at, PATH_BYTES);
    int length = 0;
    while (bytes.get(length) != 0) {
      length++;
    }
    return Path.of(StandardCharsets.UTF_8.decode(bytes.limit(length)).toString());
  }

  /** All that is on the disk now counts as forced, and nothing is to fail. */
  void clear() {
    for (int at = 0; at < FIRST_FILE; at += 4) {
      words.putInt(at, 0);
    }
    for (int i = 0; i < FILES; i++) {
      words.putLong(FIRST_FILE + i * FILE_BYTES, 0);
    }
  }
}
