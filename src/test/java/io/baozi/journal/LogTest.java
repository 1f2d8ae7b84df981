package io.baozi.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.DirectoryCopy;
import io.baozi.OpenFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log over its files, its ends and its beginnings. */
class LogTest {
  private static final long MOST = 4096;

  @TempDir private Path folder;

  private final FaultyStrokes disk = new FaultyStrokes();

  private Log begin(long next) throws IOException {
    return Log.begin(folder, next, MOST, false, disk);
  }

  private static byte[] batch(long number) {
    return Entries.body(number, 1000);
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }

  private static List<Long> numbers(Path of, long behind) throws IOException {
    List<Long> numbers = new ArrayList<>();
    LogFiles.of(of)
        .replay(
            behind,
            (number, batch) -> {
              assertThat(batch).isEqualTo(batch(number));
              numbers.add(number);
            });
    return numbers;
  }

  @Test
  void append_fileFull_goesOnInAnother() throws IOException {
    try (Log log = begin(1)) {
      for (int number = 1; number <= 10; number++) {
        log.append(batch(number));
      }
      assertThat(log.last()).isEqualTo(10);
      assertThat(log.first()).isEqualTo(9);
    }
    assertThat(files()).isEqualTo(3);
    assertThat(LogFiles.of(folder).ailments()).isEmpty();
    assertThat(numbers(folder, 0)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(numbers(folder, 8)).containsExactly(9L, 10L);
  }

  @Test
  void replay_fileNotWholeBeforeAnother_isRefusedAndHandsOverNothingBehind() throws IOException {
    try (Log log = begin(1)) {
      for (int number = 1; number <= 12; number++) {
        log.append(batch(number));
      }
    }
    Path second = LogFiles.all(folder).values().stream().skip(1).findFirst().orElseThrow();
    Entries.flip(second, 3000);
    List<Long> numbers = new ArrayList<>();
    assertThatThrownBy(() -> LogFiles.of(folder).replay(0, (n, batch) -> numbers.add(n)))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(second.toString());
    assertThat(numbers).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(numbers(folder, 8)).containsExactly(9L, 10L, 11L, 12L);
  }

  @Test
  void append_filesReleased_writesThemOverAgain() throws IOException {
    try (Log log = begin(1)) {
      for (int number = 1; number <= 100; number++) {
        log.append(batch(number));
        log.release(log.first() - 1);
        assertThat(files()).isLessThanOrEqualTo(3);
      }
    }
    assertThat(LogFiles.of(folder).ailments()).isEmpty();
    assertThat(numbers(folder, 96)).containsExactly(97L, 98L, 99L, 100L);
  }

  @Test
  void append_recordLargerThanAFile_hasOneForItself() throws IOException {
    byte[] large = Entries.body(1, 3 << 20);
    try (Log log = begin(1)) {
      log.append(large);
      log.append(batch(2));
      assertThat(log.first()).isEqualTo(2);
      log.release(1);
      assertThat(files()).isOne();
    }
    assertThat(numbers(folder, 1)).containsExactly(2L);
  }

  @Test
  void append_thatFailed_isWrittenWhereItWouldHaveBeen() throws IOException {
    try (Log log = begin(1)) {
      log.append(batch(1));
      disk.failWrites(true);
      assertThatThrownBy(() -> log.append(batch(2))).hasMessage("No space left on device");
      disk.failWrites(false);
      log.append(batch(2));
    }
    assertThat(numbers(folder, 0)).containsExactly(1L, 2L);
  }

  @Test
  void append_fileFullAndNotForced_saysThatTheForceFailed() throws IOException {
    try (Log log = begin(1)) {
      for (int number = 1; number <= 4; number++) {
        log.append(batch(number));
      }
      disk.failForces(true);
      assertThatThrownBy(() -> log.append(batch(5)))
          .isInstanceOf(ForceException.class)
          .hasMessage("Input/output error");
    }
  }

  @Test
  void append_anotherFileCouldNotBeBegun_triesThatAgainForHoweverSmallARecord() throws IOException {
    try (Log log = begin(1)) {
      for (int number = 1; number <= 7; number++) {
        log.append(batch(number));
      }
      log.release(4);
      Path spare = LogFiles.all(folder).firstKey().in(folder);
      Files.delete(spare);
      Files.createDirectory(spare);
      assertThatThrownBy(() -> log.append(Entries.body(8, 3000)))
          .isInstanceOf(FileSystemException.class);
      Path begun = directory();
      Files.delete(begun);
      Files.createFile(begun);

      log.append(batch(8));
      assertThat(log.first()).isEqualTo(8);
    }
    assertThat(LogFiles.of(folder).ailments()).isEmpty();
    assertThat(numbers(folder, 4)).containsExactly(5L, 6L, 7L, 8L);
  }

  private Path directory() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  @Test
  void begin_overOldFiles_countsNoneOfThem() throws IOException {
    try (Log log = begin(1)) {
      for (int number = 1; number <= 30; number++) {
        log.append(batch(number));
      }
    }
    try (Log log = begin(31)) {
      assertThat(files()).isOne();
      assertThat(numbers(folder, 30)).isEmpty();
      log.append(batch(31));
    }
    assertThat(numbers(folder, 30)).containsExactly(31L);
  }

  @Test
  void begin_withTheNumberOfAnEmptyFile_leavesOneOfThatNumber() throws IOException {
    for (int start = 0; start < 5; start++) {
      begin(7).close();
      assertThat(LogFiles.all(folder)).hasSize(1);
      assertThat(files()).isOne();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void begin_thatFails_leavesNoFileOpen() throws IOException {
    begin(1).close();
    disk.failNamesAfter(1); // those of the old file's removal
    assertThatThrownBy(() -> begin(1))
        .isInstanceOf(ForceException.class)
        .hasMessage("Input/output error");

    assertThat(OpenFiles.under(folder)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void append_newFilesNameCannotBeForced_saysThatTheForceFailed() throws IOException {
    try (Log log = begin(1)) {
      for (int number = 1; number <= 4; number++) {
        log.append(batch(number));
      }
      disk.failNamesAfter(0);
      assertThatThrownBy(() -> log.append(batch(5)))
          .isInstanceOf(ForceException.class)
          .hasMessage("Input/output error");
    }
    assertThat(OpenFiles.under(folder)).isEmpty();
  }

  @Test
  void replay_firstFileGone_saysWhatIsMissing() throws IOException {
    try (Log log = begin(1)) {
      for (int number = 1; number <= 10; number++) {
        log.append(batch(number));
      }
    }
    Files.delete(LogFiles.all(folder).firstKey().in(folder));

    assertThatThrownBy(() -> numbers(folder, 3))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("the store ends with write 3, the log begins with 5");
    assertThat(numbers(folder, 4)).hasSize(6);
  }

  @Test
  void replay_allFilesGone_saysSo() {
    assertThatThrownBy(() -> numbers(folder, 3))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("the log begins with none");
  }

  @Test
  void ailments_fileInTheMiddleGone_areOfTheOneBefore() throws IOException {
    try (Log log = begin(1)) {
      for (int number = 1; number <= 10; number++) {
        log.append(batch(number));
      }
    }
    List<LogName> names = List.copyOf(LogFiles.all(folder).keySet());
    Files.delete(names.get(1).in(folder));

    List<LogFiles.Ailment> ailments = LogFiles.of(folder).ailments();
    assertThat(ailments).hasSize(1);
    assertThat(ailments.get(0).isTorn()).isFalse();
    assertThat(ailments.get(0).refusal())
        .hasMessageContaining(names.get(0).in(folder) + " is damaged at byte")
        .hasMessageContaining("in newer files");
  }

  @Test
  void all_whereTwoFilesHaveOnePlace_namesBoth() throws IOException {
    begin(1).close();
    Path file = LogFiles.all(folder).firstKey().in(folder);
    Path copy = new LogName(1, 1, 5, true).in(folder);
    Files.copy(file, copy);

    assertThatThrownBy(() -> LogFiles.all(folder))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(copy.toString())
        .hasMessageContaining("have the same place in the log: move away");
  }

  @Test
  void all_whereADirectoryIsCalledLikeAFile_namesIt() throws IOException {
    Path directory = Files.createDirectory(new LogName(1, 1, 5, true).in(folder));

    assertThatThrownBy(() -> LogFiles.all(folder))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(directory + " is a directory");
  }

  /** Random sizes, releases, beginnings, and kills in between: a copy of what is there. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void replay_afterAKillAtAnyMoment_hasAllBehindWhatWasReleased(long seed) throws IOException {
    Random random = new Random(seed);
    long stored = 0;
    long last = 0;
    Path living = Files.createDirectory(folder.resolve("living"));
    for (int start = 0; start < 5; start++) {
      stored = last;
      try (Log log = Log.begin(living, last + 1, MOST, false, disk)) {
        for (int i = 0; i < 40; i++) {
          last++;
          log.append(batch(last));
          if (random.nextInt(3) == 0) {
            log.force();
          }
          if (random.nextInt(5) == 0) {
            stored += random.nextInt((int) (last - stored) + 1);
            log.release(stored);
          }
          if (random.nextInt(8) == 0) {
            Path killed = folder.resolve("killed-" + start + "-" + i);
            DirectoryCopy.make(living, killed);
            assertThat(LogFiles.of(killed).ailments()).isEmpty();
            assertThat(numbers(killed, stored)).hasSize((int) (last - stored));
          }
        }
      }
    }
  }

  @Test
  void files_ofWhatIsNoDirectory_areRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("log"));

    assertThatThrownBy(() -> LogFiles.of(file))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(file + " is not a directory");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void append_withoutDescriptors_isRefusedAndGoesOnOnceThereAreSome() throws Exception {
    Process poor =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n 100 && exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PoorLog.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try (InputStream said = poor.getInputStream()) {
      assertThat(new String(said.readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("refused, not for its force: ")
          .contains("Too many open files")
          .endsWith("goes on with 9\n");
    } finally {
      poor.destroyForcibly().waitFor();
    }
    assertThat(LogFiles.of(folder).ailments()).isEmpty();
    assertThat(numbers(folder, 8)).containsExactly(9L);
  }
}
