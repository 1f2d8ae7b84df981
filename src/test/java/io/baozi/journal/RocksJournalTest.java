package io.baozi.journal;

import static io.baozi.journal.Entries.QUEUE;
import static io.baozi.journal.Entries.body;
import static io.baozi.journal.Entries.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.DirectoryCopy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RocksJournalTest {
  private static final byte[] HEADERS = "{\"ü\":1}".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void recover_afterEveryKindOfEntry_bringsBackEachOfThem() throws Exception {
    List<Entry> entries =
        List.of(
            new Entry.Counter("token", Long.MAX_VALUE),
            new Entry.Counter("zähler", 0),
            new Entry.Queue(Long.MAX_VALUE, "ключ", "{}", true),
            QUEUE,
            new Entry.Message(
                1, 7, true, Long.MIN_VALUE, 5, -3, 0, 9, HEADERS, 3, 7, new byte[] {1, 2, 3}),
            new Entry.Message(
                1,
                Long.MAX_VALUE,
                false,
                Long.MAX_VALUE,
                Long.MAX_VALUE / 2,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                null,
                0,
                8,
                null),
            new Entry.Key(1, "", 7, Long.MAX_VALUE),
            new Entry.Key(1, "k\0ey", 7, -1));
    try (OpenJournal journal = OpenJournal.in(folder)) {
      journal.keep(entries.toArray(Entry[]::new));
    }

    try (OpenJournal journal = OpenJournal.in(folder)) {
      assertThat(journal.rows()).isEqualTo(OpenJournal.rows(entries));
      assertThat(journal.read(7)[0]).containsExactly(1, 2, 3);
    }
  }

  @Test
  void recover_afterRandomTurnsAndStarts_bringsBackWhatTheyLeave() throws Exception {
    Random random = new Random(42);
    List<Entry> all = new ArrayList<>();
    for (int start = 0; start < 4; start++) {
      try (OpenJournal journal = OpenJournal.in(folder)) {
        assertThat(journal.rows()).isEqualTo(OpenJournal.rows(all));
        for (int turn = 0; turn < 50; turn++) {
          List<Entry> entries =
              IntStream.range(0, 1 + random.nextInt(5)).mapToObj(i -> any(random)).toList();
          all.addAll(entries);
          journal.journal().write(entries, random.nextBoolean());
        }
      }
    }
    try (OpenJournal journal = OpenJournal.in(folder)) {
      assertThat(journal.rows()).isEqualTo(OpenJournal.rows(all));
    }
  }

  /** One of few rows, so that they are written over and removed. */
  private static Entry any(Random random) {
    long id = 1L + random.nextInt(20);
    return switch (random.nextInt(9)) {
      case 0 -> new Entry.Counter("message", random.nextLong() >>> 1);
      case 1 -> new Entry.Queue(id, "q" + id, "{}", random.nextBoolean());
      case 2 -> new Entry.QueueGone(id);
      case 3 -> new Entry.MessageGone(1, id);
      case 4 -> new Entry.Key(1, "k" + id, id, random.nextLong());
      case 5 -> new Entry.KeyGone(1, "k" + id);
      case 6 -> new Entry.BodyLent(id);
      case 7 -> new Entry.BodyReturned(id);
      default -> message(id, body(id, random.nextInt(100)));
    };
  }

  @ParameterizedTest
  @EnumSource(Sync.class)
  void recover_afterAProcessWasKilled_bringsBackAllThatWasToldToBeKept(Sync sync) throws Exception {
    Path left = folder.resolve("left");
    Path data = folder.resolve("data");
    try (OpenJournal journal = OpenJournal.in(OpenJournal.options(data, sync), Strokes.TRUE)) {
      journal.keep(QUEUE, message(1, body(1, 300)), message(2, body(2, 70_000)));
      journal.keep(new Entry.MessageGone(1, 1), new Entry.BodyGone(1));
      DirectoryCopy.make(data, left);
    }

    try (OpenJournal journal = OpenJournal.in(left)) {
      assertThat(journal.rows().keySet()).containsExactly("message 1 2", "queue 1");
      byte[][] bodies = journal.read(1, 2);
      assertThat(bodies[0]).isNull();
      assertThat(bodies[1]).isEqualTo(body(2, 70_000));
    }
  }

  @Test
  void read_ofABodyThatTheNextTurnRemoves_stillFindsIt() throws Exception {
    try (OpenJournal journal = OpenJournal.in(folder)) {
      for (int id = 1; id <= 200; id++) {
        journal.keep(message(id, body(id, 50)));
        CompletableFuture<byte[][]> read = new CompletableFuture<>();
        journal.journal().read(new long[] {id}, read::complete);
        journal.write(new Entry.MessageGone(1, id), new Entry.BodyGone(id));
        assertThat(read.join()[0]).isEqualTo(body(id, 50));
      }
    }
  }

  @Test
  void read_ofMoreBodiesThanAreAskedForAtOnce_hasThemInTheirOrder() throws Exception {
    int count = 1300;
    try (OpenJournal journal = OpenJournal.in(folder)) {
      journal.keep(
          IntStream.range(0, count).mapToObj(id -> message(id, body(id, 9))).toArray(Entry[]::new));
      long[] wanted = IntStream.range(0, count).mapToLong(i -> count - 1 - i).toArray();

      byte[][] found = journal.read(wanted);

      assertThat(found)
          .isDeepEqualTo(Arrays.stream(wanted).mapToObj(id -> body(id, 9)).toArray(byte[][]::new));
    }
  }

  @Test
  void write_ofManyTurnsWhileAForceIsUnderWay_takesOneForceMore() throws Exception {
    FaultyStrokes disk = new FaultyStrokes();
    try (OpenJournal journal = OpenJournal.in(OpenJournal.options(folder, Sync.ALWAYS), disk)) {
      disk.holdForces();
      journal.write(message(1, body(1, 10)));
      disk.awaitForce();
      long last = 0;
      for (int id = 2; id <= 1000; id++) {
        last = journal.write(message(id, body(id, 10)));
      }
      disk.letForces();
      journal.awaitKept(last);

      assertThat(disk.forces()).isEqualTo(2);
    }
  }

  @Test
  void write_thatNobodyWaitsFor_isNotForced() throws Exception {
    FaultyStrokes disk = new FaultyStrokes();
    try (OpenJournal journal = OpenJournal.in(OpenJournal.options(folder, Sync.ALWAYS), disk)) {
      journal.awaitKept(journal.journal().write(List.of(message(1, body(1, 10))), false));

      assertThat(disk.forces()).isZero();
    }
  }

  @Test
  void write_atIntervals_isKeptBeforeItIsForced() throws Exception {
    FaultyStrokes disk = new FaultyStrokes();
    try (OpenJournal journal = OpenJournal.in(OpenJournal.options(folder, Sync.INTERVAL), disk)) {
      disk.holdForces();
      journal.keep(message(1, body(1, 10)));
      disk.awaitForce(); // by itself
      disk.letForces();
    }
    assertThat(disk.forces()).isPositive();
  }

  @Test
  void write_ofACounter_isForcedAtAnySync() throws Exception {
    FaultyStrokes disk = new FaultyStrokes();
    try (OpenJournal journal = OpenJournal.in(OpenJournal.options(folder, Sync.NEVER), disk)) {
      journal.keep(new Entry.Counter("msg", 1000));
      assertThat(disk.forces()).isOne();
    }
  }

  @Test
  void write_neverForced_isForcedAtTheEnd() throws Exception {
    FaultyStrokes disk = new FaultyStrokes();
    try (OpenJournal journal = OpenJournal.in(OpenJournal.options(folder, Sync.NEVER), disk)) {
      journal.keep(message(1, body(1, 10)));
      assertThat(disk.forces()).isZero();
    }
    assertThat(disk.forces()).isOne();
  }

  @Test
  void close_withTurnsInLine_keepsThem() throws Exception {
    try (OpenJournal journal = OpenJournal.in(folder)) {
      for (int id = 0; id < 500; id++) {
        journal.write(message(id, body(id, 100)));
      }
      assertThat(journal.closesWell()).isTrue();
      assertThat(journal.closesWell()).isTrue();
      assertThatIllegalStateException().isThrownBy(() -> journal.write(QUEUE));
      assertThatIllegalStateException().isThrownBy(() -> journal.read(1));
    }
    try (OpenJournal journal = OpenJournal.in(folder)) {
      assertThat(journal.rows()).hasSize(500);
    }
  }

  @Test
  void open_ofADirectoryThatThisProcessHas_namesTheProcess() throws Exception {
    try (OpenJournal journal = OpenJournal.in(folder)) {
      assertThatThrownBy(() -> OpenJournal.in(folder))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
      journal.keep(QUEUE);
    }
    OpenJournal.in(folder).close();
  }

  @Test
  void open_ofADirectoryThatAnotherProcessHas_namesThatProcess() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DirectoryHolder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(other.getInputStream().read()).isEqualTo('+');
      assertThatThrownBy(() -> OpenJournal.in(folder))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("is in use by process " + other.pid() + " ");
    } finally {
      other.destroyForcibly().waitFor();
    }
    OpenJournal.in(folder).close();
  }

  @Test
  void open_ofANewerFormat_saysWhichVersionReadsIt() throws Exception {
    OpenJournal.in(folder).close();
    Files.writeString(folder.resolve("format"), "{\"format\":3}");

    assertThatThrownBy(() -> OpenJournal.in(folder))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("says format 3, but this version reads up to 2");
  }

  @Test
  void open_withoutAFormatButWithAJournal_isRefused() throws Exception {
    OpenJournal.in(folder).close();
    Files.delete(folder.resolve("format"));

    assertThatThrownBy(() -> OpenJournal.in(folder))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("format is missing");
  }

  @Test
  void open_withAFormatThatIsNoJson_isRefused() throws Exception {
    Files.writeString(folder.resolve("format"), "");

    assertThatThrownBy(() -> OpenJournal.in(folder))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("cannot be read as {\"format\":2}");
  }

  @Test
  void open_whereAFileIs_namesIt() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> OpenJournal.in(file.resolve("data")))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void open_withLessFreeSpaceThanIsToStay_isShortOfSpaceAndKeepsAllTheSame() throws Exception {
    JournalOptions options =
        new JournalOptions(
            folder, Sync.ALWAYS, Duration.ofMillis(5), Long.MAX_VALUE / 2, OpenJournal.MEMORY);
    try (OpenJournal journal = OpenJournal.in(options, Strokes.TRUE)) {
      Health health = journal.await(Health.State.SPACE_SHORT);
      assertThat(health.takesMore()).isFalse();
      assertThat(health.keeps()).isTrue();
      assertThat(health.message()).contains("less than journal.minFree");
      journal.keep(QUEUE);
    }
  }

  @Test
  void recover_withATableThatIsDamaged_namesTheStoreAndWhatToDo() throws Exception {
    writeIntoATable();
    Path table = Entries.largest(folder.resolve("journal"), ".sst");
    Entries.flip(table, 100);

    assertThatThrownBy(() -> OpenJournal.in(folder))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("is damaged")
        .hasMessageContaining(Damage.REMEDY);
  }

  @Test
  void open_withoutATable_namesIt() throws Exception {
    writeIntoATable();
    Path table = Entries.largest(folder.resolve("journal"), ".sst");
    Files.delete(table);

    assertThatThrownBy(() -> OpenJournal.in(folder))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(table.getFileName().toString())
        .hasMessageContaining(Damage.REMEDY);
  }

  /** The index in the largest table of all. */
  private void writeIntoATable() throws JournalException {
    try (OpenJournal journal = OpenJournal.in(folder)) {
      for (int id = 0; id < 2000; id++) {
        journal.write(
            new Entry.Message(
                1,
                id,
                false,
                0,
                1,
                1,
                -1,
                0,
                ("\"" + id + "\"").getBytes(StandardCharsets.UTF_8),
                0,
                id,
                null));
      }
    }
  }

  @Test
  void write_ofBodiesThatAreRemoved_givesTheirSpaceBack() throws Exception {
    int bodies = 6000;
    int length = 16 << 10;
    try (OpenJournal journal =
        OpenJournal.in(OpenJournal.options(folder, Sync.NEVER), Strokes.TRUE)) {
      for (int id = 0; id < bodies; id++) {
        journal.awaitKept(journal.write(message(id, body(id, length))));
      }
      long filled = size();
      assertThat(filled).isGreaterThan((long) bodies * length * 3 / 4);
      for (int id = 0; id < bodies - 1; id++) {
        journal.write(new Entry.MessageGone(1, id), new Entry.BodyGone(id));
      }
      journal.keep();
      awaitSizeBelow(filled / 4);
      assertThat(journal.read(bodies - 1)[0]).isEqualTo(body(bodies - 1, length));
    }
  }

  private void awaitSizeBelow(long bytes) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (size() > bytes) {
      assertThat(System.nanoTime()).as("still " + size() + " bytes").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private long size() throws IOException {
    try (var files = Files.list(folder.resolve("journal"))) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
