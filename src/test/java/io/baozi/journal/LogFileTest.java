package io.baozi.journal;

import static io.baozi.journal.Entries.body;
import static io.baozi.journal.Entries.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs as a crash leaves them, and as it does not. */
class LogFileTest {
  /** Small ones, and one of more than a block. */
  private static final int[] LENGTHS = {10, 300, 0, 40_000, 77};

  @TempDir private Path folder;

  private final List<Long> ends = new ArrayList<>(); // of the log after each turn
  private Path left;
  private Path log;

  @BeforeEach
  void writeTurnsAndKill() throws Exception {
    Path data = folder.resolve("data");
    left = folder.resolve("left");
    try (OpenJournal journal = OpenJournal.in(data)) {
      for (int i = 0; i < LENGTHS.length; i++) {
        journal.keep(message(i, body(i, LENGTHS[i])));
        ends.add(Entries.largest(data.resolve("journal"), ".log").toFile().length());
      }
      Entries.copy(data, left);
    }
    log = Entries.largest(left.resolve("journal"), ".log");
  }

  private static Path cut(Path log, long length) throws IOException {
    Path torn = log.resolveSibling("torn");
    byte[] bytes = Files.readAllBytes(log);
    Files.write(torn, Arrays.copyOf(bytes, (int) length));
    return torn;
  }

  /** The end of the last turn that ends before. */
  private long whole(long length) {
    return ends.stream().filter(end -> end <= length).mapToLong(end -> end).max().orElse(0);
  }

  @Test
  void read_ofALogThatEndsAnywhere_isDamagedWhereTheTornTurnBegins() throws IOException {
    long size = Files.size(log);
    assertThat(size).isEqualTo(ends.get(LENGTHS.length - 1));
    for (long length = 0; length <= size; length += length < 1500 ? 1 : 97) {
      LogFile.Finding found = LogFile.read(cut(log, length));
      if (whole(length) == length) {
        assertThat(found.isWhole()).as("cut to %d", length).isTrue();
      } else {
        assertThat(found.damage()).as("cut to %d", length).isEqualTo(whole(length));
        assertThat(found.loss()).as("cut to %d", length).isNegative();
      }
    }
  }

  @Test
  void read_ofALogWithAByteChanged_isALossUnlessItIsInTheLastTurn() throws IOException {
    long last = ends.get(LENGTHS.length - 2);
    for (long at = 0; at < ends.get(LENGTHS.length - 1); at += at < 1500 || at > last ? 1 : 97) {
      Path changed = cut(log, Files.size(log));
      Entries.flip(changed, at);
      LogFile.Finding found = LogFile.read(changed);
      assertThat(found.damage()).as("byte %d", at).isEqualTo(whole(at));
      assertThat(found.loss() >= 0).as("byte %d", at).isEqualTo(at < last);
    }
  }

  @Test
  void read_ofALogThatWasMadeLonger_isWhole() throws IOException {
    Files.write(log, new byte[100_000], StandardOpenOption.APPEND);

    assertThat(LogFile.read(log).isWhole()).isTrue();
  }

  @Test
  void open_withATornEnd_bringsBackWhatIsWholeAndPutsTheRestAside() throws Exception {
    for (int turns = LENGTHS.length - 1; turns > 0; turns--) {
      long length = ends.get(turns) - 1;
      cutInPlace(length);
      try (OpenJournal journal = OpenJournal.in(copy(turns))) {
        assertThat(journal.rows()).hasSize(turns);
        assertThat(journal.read(turns - 1)[0]).isEqualTo(body(turns - 1, LENGTHS[turns - 1]));
      }
      Path torn = folder.resolve("copy" + turns).resolve("torn");
      assertThat(Entries.largest(torn, ".torn")).hasSize(length - ends.get(turns - 1));
    }
  }

  private void cutInPlace(long length) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(bytes, (int) length));
  }

  private Path copy(int number) {
    Path copy = folder.resolve("copy" + number);
    Entries.copy(left, copy);
    return copy;
  }

  @Test
  void open_withALastTurnOfWhichAllIsThereButWrong_dropsIt() throws Exception {
    Entries.flip(log, ends.get(LENGTHS.length - 1) - 3);

    try (OpenJournal journal = OpenJournal.in(left)) {
      assertThat(journal.rows()).hasSize(LENGTHS.length - 1);
    }
  }

  @Test
  void open_withDamageBeforeOtherTurns_saysWhereAndChangesNothing() throws Exception {
    Entries.flip(log, ends.get(0) + 20);
    byte[] before = Files.readAllBytes(log);

    assertThatThrownBy(() -> OpenJournal.in(left))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(log.getFileName() + " is damaged at byte " + ends.get(0))
        .hasMessageContaining("from byte " + ends.get(1))
        .hasMessageContaining(Damage.REMEDY);
    assertThat(log).hasBinaryContent(before);
  }

  @Test
  void open_withDamageInAnOlderLog_saysSo() throws Exception {
    Path newer = log.resolveSibling("999999.log");
    Files.copy(log, newer);
    cutInPlace(ends.get(1) - 1);

    assertThatThrownBy(() -> OpenJournal.in(left))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("in newer logs");
  }

  @Test
  void open_withWhatWasWrittenBehindAnUnforcedTurn_dropsBoth() throws Exception {
    Path killed = killWithUnforcedTurnsOfWhichOneIsDamaged(Sync.ALWAYS);

    try (OpenJournal journal = OpenJournal.in(killed)) {
      assertThat(journal.rows().keySet()).containsExactly("message 1 1");
    }
  }

  @Test
  void open_withDamageInTheLastInterval_dropsIt() throws Exception {
    Path killed = killWithUnforcedTurnsOfWhichOneIsDamaged(Sync.INTERVAL);

    try (OpenJournal journal = OpenJournal.in(killed)) {
      assertThat(journal.rows().keySet()).containsExactly("message 1 1");
    }
  }

  @Test
  void open_withDamageWhereNothingIsForced_isRefused() throws Exception {
    Path killed = killWithUnforcedTurnsOfWhichOneIsDamaged(Sync.NEVER);

    assertThatThrownBy(() -> OpenJournal.in(killed))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("is damaged at byte");
  }

  /** Three turns, the second and third never forced, the second damaged. */
  private Path killWithUnforcedTurnsOfWhichOneIsDamaged(Sync sync) throws Exception {
    Path data = folder.resolve("unforced");
    Path killed = folder.resolve("killed");
    JournalOptions options =
        new JournalOptions(data, sync, Duration.ofHours(1), 0, OpenJournal.MEMORY);
    long damaged = 0;
    try (OpenJournal journal = OpenJournal.in(options, Strokes.TRUE)) {
      for (int id = 1; id <= 3; id++) {
        damaged = id == 2 ? Files.size(Entries.largest(data.resolve("journal"), ".log")) : damaged;
        boolean forced = id == 1;
        journal.awaitKept(journal.journal().write(List.of(message(id, body(id, 50))), forced));
      }
      Entries.copy(data, killed);
    }
    Entries.flip(Entries.largest(killed.resolve("journal"), ".log"), damaged + 9);
    return killed;
  }
}
