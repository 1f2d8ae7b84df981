package io.baozi.journal;

import static io.baozi.journal.Entries.QUEUE;
import static io.baozi.journal.Entries.body;
import static io.baozi.journal.Entries.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.DirectoryCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** What a start makes of a log that a killed server has left. */
class LogRecoveryTest {
  @TempDir private Path folder;

  /** Where each turn of {@link #kill} ends in the log. */
  private final List<Long> ends = new ArrayList<>();

  /** Messages 1 to 4 in a turn each, forced or not but for the first, which is; then the end. */
  private Path kill(Sync sync, boolean forced) throws Exception {
    Path data = folder.resolve("data");
    Path killed = folder.resolve("killed");
    JournalOptions options =
        new JournalOptions(data, sync, Duration.ofHours(1), 0, OpenJournal.MEMORY);
    try (OpenJournal journal = OpenJournal.in(options, Strokes.TRUE)) {
      for (int id = 1; id <= 4; id++) {
        List<Entry> turn = List.of(message(id, body(id, 50)));
        journal.awaitKept(journal.journal().write(turn, forced || id == 1));
        ends.add(LogFile.find(log(data), LogName.of(log(data)).orElseThrow()).end());
      }
      DirectoryCopy.make(data, killed);
    }
    return killed;
  }

  private static Path log(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("log"))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void open_logTornAnywhere_bringsBackWhatIsWholeAndPutsTheRestAside() throws Exception {
    Path killed = kill(Sync.ALWAYS, true);
    for (int turns = 3; turns >= 0; turns--) {
      Path copy = folder.resolve("copy" + turns);
      DirectoryCopy.make(killed, copy);
      long begin = turns == 0 ? 0 : ends.get(turns - 1);
      Path log = log(copy);
      byte[] bytes = Files.readAllBytes(log);
      Files.write(log, Arrays.copyOf(bytes, (int) begin + 60));

      try (OpenJournal journal = OpenJournal.in(copy)) {
        assertThat(journal.rows()).hasSize(turns);
        if (turns > 0) {
          assertThat(journal.read(turns)[0]).isEqualTo(body(turns, 50));
        }
        journal.keep(message(9, body(9, 10)));
      }
      assertThat(copy.resolve("torn").resolve(log.getFileName() + ".torn")).hasSize(60);
      try (OpenJournal journal = OpenJournal.in(copy)) {
        assertThat(journal.rows()).hasSize(turns + 1);
      }
    }
  }

  @Test
  void open_killedAgainBeforeAnythingWasWritten_bringsBackTheSame() throws Exception {
    Path killed = kill(Sync.ALWAYS, true);
    Path again = folder.resolve("again");
    try (OpenJournal journal = OpenJournal.in(killed)) {
      assertThat(journal.rows()).hasSize(4);
      DirectoryCopy.make(killed, again);
    }

    try (OpenJournal journal = OpenJournal.in(again)) {
      assertThat(journal.rows()).hasSize(4);
    }
  }

  @Test
  void open_withDamageBeforeOtherTurns_saysWhereAndChangesNothing() throws Exception {
    Path killed = kill(Sync.ALWAYS, true);
    Path log = log(killed);
    Entries.flip(log, ends.get(0) + 20);
    byte[] before = Files.readAllBytes(log);

    assertThatThrownBy(() -> OpenJournal.in(killed))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(log.getFileName() + " is damaged at byte " + ends.get(0))
        .hasMessageContaining("from byte " + ends.get(1))
        .hasMessageContaining(Damage.REMEDY);
    assertThat(log(killed)).isEqualTo(log).hasBinaryContent(before);
  }

  @Test
  void open_withoutTheLog_isRefused() throws Exception {
    Path data = folder.resolve("data");
    OpenJournal.in(data).close();
    try (OpenJournal journal = OpenJournal.in(data)) {
      journal.keep(QUEUE);
    }
    for (Path file : LogFiles.all(data.resolve("log")).values()) {
      Files.delete(file);
    }

    assertThatThrownBy(() -> OpenJournal.in(data))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("files are missing in " + data.toRealPath().resolve("log"))
        .hasMessageContaining(Damage.REMEDY);
  }

  @ParameterizedTest
  @EnumSource(
      value = Sync.class,
      names = {"ALWAYS", "INTERVAL"})
  void open_withDamageInWhatWasNotForced_dropsItAndWhatFollows(Sync sync) throws Exception {
    Path killed = kill(sync, false);
    Entries.flip(log(killed), ends.get(1) + 20);

    try (OpenJournal journal = OpenJournal.in(killed)) {
      assertThat(journal.rows().keySet()).containsExactly("message 1 1", "message 1 2");
    }
  }

  @Test
  void open_withDamageWhereNothingIsForced_isRefused() throws Exception {
    Path killed = kill(Sync.NEVER, false);
    Entries.flip(log(killed), ends.get(1) + 20);

    assertThatThrownBy(() -> OpenJournal.in(killed))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("is damaged at byte");
  }

  @Test
  void open_withDamageAfterACleanEnd_needsNoLog() throws Exception {
    Path data = folder.resolve("data");
    List<Path> logs = new ArrayList<>();
    try (OpenJournal journal = OpenJournal.in(data)) {
      for (int id = 1; id <= 4; id++) {
        journal.keep(message(id, body(id, 50)));
      }
      logs.add(log(data));
    }
    Entries.flip(logs.get(0), 20);

    try (OpenJournal journal = OpenJournal.in(data)) {
      assertThat(journal.rows()).hasSize(4);
    }
  }

  @Test
  void open_afterManyFilesOfTheLog_bringsBackAllOfThem() throws Exception {
    Path data = folder.resolve("data");
    Path killed = folder.resolve("killed");
    int bodies = 300;
    try (OpenJournal journal = OpenJournal.in(data)) {
      for (int id = 1; id <= bodies; id++) {
        journal.keep(message(id, body(id, 100_000)));
      }
      DirectoryCopy.make(data, killed);
      try (Stream<Path> files = Files.list(data.resolve("log"))) {
        assertThat(files.count()).isLessThan(6);
      }
    }

    try (OpenJournal journal = OpenJournal.in(killed)) {
      assertThat(journal.rows()).hasSize(bodies);
      for (int id = 1; id <= bodies; id++) {
        assertThat(journal.read(id)[0]).isEqualTo(body(id, 100_000));
      }
    }
  }

  @Test
  void open_ofTheOldFormat_bringsItsLogIntoTheNew() throws Exception {
    Path data = writeOldFormat();
    assertThatThrownBy(() -> Archive.take(data))
        .hasMessageContaining("says format 1: start a server of this version with it once");

    try (OpenJournal journal = OpenJournal.in(data)) {
      assertThat(journal.rows().keySet()).containsExactly("message 1 5", "queue 1");
      assertThat(journal.read(5)[0]).isEqualTo(body(5, 10));
      assertThat(data.resolve("format")).content().contains("\"format\":2");
    }
    try (OpenJournal journal = OpenJournal.in(data)) {
      assertThat(journal.rows()).hasSize(2);
    }
  }

  @Test
  void open_ofTheOldFormatWithATornEnd_bringsWhatIsWhole() throws Exception {
    Path data = writeOldFormat();
    Path log = Entries.largest(data.resolve("journal"), ".log");
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(bytes, bytes.length - 3));

    try (OpenJournal journal = OpenJournal.in(data)) {
      assertThat(journal.rows().keySet()).containsExactly("queue 1");
    }
  }

  /** What has its log among the files of the store: a queue, and a message in another write. */
  private Path writeOldFormat() throws IOException, RocksDBException {
    Path data = folder.resolve("old");
    NativeLibrary.load(Files.createDirectories(data.resolve("native")));
    Files.writeString(data.resolve("format"), "{\"format\":1}");
    List<ColumnFamilyDescriptor> families =
        Stream.of(Family.values())
            .filter(family -> family != Family.LOG)
            .map(family -> new ColumnFamilyDescriptor(family.label()))
            .toList();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (DBOptions options =
            new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
        RocksDB database =
            RocksDB.open(options, data.resolve("journal").toString(), families, handles)) {
      int[] numbers = handles.stream().mapToInt(ColumnFamilyHandle::getID).toArray();
      for (Entry entry : List.of(QUEUE, message(5, body(5, 10)))) {
        Batch batch = new Batch();
        batch.begin(0);
        new Rows().add(entry, numbers, batch);
        try (WriteOptions write = new WriteOptions();
            WriteBatch written = new WriteBatch(batch.toArray())) {
          database.write(write, written);
        }
      }
      handles.forEach(ColumnFamilyHandle::close);
    }
    return data;
  }
}
