package io.baozi.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a log as a crash leaves them, and as it does not. */
class LogFileTest {
  private static final int[] LENGTHS = {10, 300, 0, 40_000, 77};
  private static final int LAST = LENGTHS.length - 1;

  @TempDir private Path folder;

  /** Where each record begins, and where all end. */
  private final List<Long> begins = new ArrayList<>(List.of(0L));

  private Path file;
  private LogName name;
  private byte[] bytes;

  @BeforeEach
  void writeRecordsEachForced() throws IOException {
    try (Log log = Log.begin(folder, 5, 1 << 20, false, Strokes.TRUE)) {
      for (int i = 0; i < LENGTHS.length; i++) {
        log.append(Entries.body(i, LENGTHS[i]));
        log.force();
        begins.add(LogRecord.end(begins.get(i), LENGTHS[i]));
      }
    }
    name = LogFiles.all(folder).firstKey();
    file = name.in(folder);
    assertThat(file).hasSize(1 << 20);
    bytes = Arrays.copyOf(Files.readAllBytes(file), (int) end() + 4096);
  }

  private LogFile.Finding find(byte[] content) throws IOException {
    Files.write(file, content);
    return LogFile.find(file, name);
  }

  /** The record that a byte is in. */
  private int record(long at) {
    int record = 0;
    while (begins.get(record + 1) <= at) {
      record++;
    }
    return record;
  }

  private long end() {
    return begins.get(LENGTHS.length);
  }

  @Test
  void read_ofAllThatWasWritten_hasEachRecordInItsOrder() throws IOException {
    List<byte[]> read = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    LogFile.read(
        file,
        name,
        (number, batch) -> {
          numbers.add(number);
          read.add(batch);
        });

    assertThat(numbers).containsExactly(5L, 6L, 7L, 8L, 9L);
    for (int i = 0; i < LENGTHS.length; i++) {
      assertThat(read.get(i)).isEqualTo(Entries.body(i, LENGTHS[i]));
    }
    LogFile.Finding found = LogFile.find(file, name);
    assertThat(found.next()).isEqualTo(10);
    assertThat(found.end()).isEqualTo(end());
    assertThat(found.torn()).isZero();
    assertThat(found.loss()).isNegative();
    assertThat(Files.size(file)).isEqualTo(1 << 20);
  }

  @Test
  void find_fileThatEndsAnywhere_endsBeforeTheTornRecord() throws IOException {
    for (long length = 0; length < end(); length += length < 1500 ? 1 : 97) {
      LogFile.Finding found = find(Arrays.copyOf(bytes, (int) length));
      int record = record(length);
      long begin = begins.get(record);
      boolean whole = length >= begin + LogRecord.HEAD + LENGTHS[record];
      assertThat(found.end())
          .as("cut to %d", length)
          .isEqualTo(begins.get(record + (whole ? 1 : 0)));
      assertThat(found.loss()).as("cut to %d", length).isNegative();
      boolean seen = !whole && length >= begin + LogRecord.HEAD;
      assertThat(found.torn()).as("cut to %d", length).isEqualTo(seen ? length - begin : 0);
    }
  }

  @Test
  void find_recordThatIsZerosFromSomewhereOn_endsBeforeIt() throws IOException {
    for (long from = begins.get(LAST); from < end() - 8; from++) {
      byte[] torn = bytes.clone();
      Arrays.fill(torn, (int) from, (int) end(), (byte) 0);
      LogFile.Finding found = find(torn);
      assertThat(found.end()).as("from %d", from).isEqualTo(begins.get(LAST));
      assertThat(found.loss()).as("from %d", from).isNegative();
    }
  }

  @Test
  void find_byteChanged_isALossUnlessItIsInTheLastRecord() throws IOException {
    for (long at = 0; at < end(); at += at < 1500 || at > begins.get(LAST) ? 1 : 97) {
      int record = record(at);
      long begin = begins.get(record);
      boolean filler = at >= begin + LogRecord.HEAD + LENGTHS[record];
      byte[] changed = bytes.clone();
      changed[(int) at] ^= (byte) 0xff;
      LogFile.Finding found = find(changed);
      assertThat(found.end()).as("byte %d", at).isEqualTo(filler ? end() : begin);
      long behind = begins.get(Math.min(record + 1, LAST));
      assertThat(found.loss()).as("byte %d", at).isEqualTo(filler || record == LAST ? -1 : behind);
    }
  }

  @Test
  void salvage_withDamage_handsOverAllThatIsWhole() throws IOException {
    for (int damaged = 0; damaged < LENGTHS.length; damaged++) {
      byte[] changed = bytes.clone();
      changed[begins.get(damaged).intValue() + 9] ^= 1; // of the number
      Files.write(file, changed);
      List<Long> numbers = new ArrayList<>();
      LogFile.salvage(file, name, (number, batch) -> numbers.add(number));
      long without = 5L + damaged;
      assertThat(numbers).hasSize(LAST).doesNotContain(without);
    }
  }

  @Test
  void find_recordsOfAnEarlierUseOfTheFile_areNotSeen() throws IOException {
    LogName again = new LogName(9, 3, name.salt() + 1, false);
    LogFile.Finding found = LogFile.find(file, again);

    assertThat(found.end()).isZero();
    assertThat(found.torn()).isZero();
    assertThat(found.loss()).isNegative();
  }

  @Test
  void find_recordsOfTheRightNumbersUnderAnotherSalt_areNotTakenForItsOwn() throws IOException {
    LogFile.Finding found = LogFile.find(file, new LogName(9, 5, name.salt() + 1, false));

    assertThat(found.next()).isEqualTo(5);
    assertThat(found.end()).isZero();
    assertThat(found.loss()).isNegative();
  }

  @Test
  void find_bodyThatLooksLikeARecord_isNotTakenForOne() throws IOException {
    ByteBuffer forged = ByteBuffer.allocate(64);
    LogRecord.head(forged, name.salt() + 1, 11, true, new byte[20]);
    byte[] torn = bytes.clone();
    System.arraycopy(forged.array(), 0, torn, begins.get(3).intValue() + 4000, 64);

    LogFile.Finding found = find(Arrays.copyOf(torn, begins.get(LAST).intValue()));

    assertThat(found.end()).isEqualTo(begins.get(3));
    assertThat(found.loss()).isNegative();
  }

  /**
   * Each of its eight bytes is a length and a number that would do; read so far each, for hours.
   */
  @Test
  void find_bodyOfNumbersThatRecordsMightHave_isNotReadAgainAndAgain() throws IOException {
    long number = 1_000_000;
    byte[] body = new byte[6 << 20];
    ByteBuffer filled = ByteBuffer.wrap(body);
    while (filled.hasRemaining()) {
      filled.putLong(number + 7);
    }
    LogName again = new LogName(9, number, name.salt() + 1, true);

    LogFile.Finding found =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> {
              Files.write(file, body);
              return LogFile.find(file, again);
            });

    assertThat(found.end()).isZero();
    assertThat(found.loss()).isNegative();
  }

  @Test
  void find_unforcedRecordsBehindATornOne_areTornWithIt() throws IOException {
    Files.delete(file);
    List<Long> ends = new ArrayList<>();
    try (Log log = Log.begin(folder, 1, 1 << 20, false, Strokes.TRUE)) {
      long end = 0;
      for (int i = 0; i < 3; i++) {
        log.append(Entries.body(i, 50));
        end = LogRecord.end(end, 50);
        ends.add(end);
      }
    }
    name = LogFiles.all(folder).firstKey();
    file = name.in(folder);
    bytes = Files.readAllBytes(file);
    bytes[ends.get(0).intValue() + 20] ^= 1;

    LogFile.Finding found = find(bytes);

    assertThat(found.end()).isEqualTo(ends.get(0));
    assertThat(found.loss()).isNegative();
    assertThat(found.torn()).isEqualTo(ends.get(2) - ends.get(0));
  }
}
