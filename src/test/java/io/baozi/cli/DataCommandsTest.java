package io.baozi.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baozi.journal.Entry;
import io.baozi.journal.Journal;
import io.baozi.journal.RocksJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands over a data directory, as the journal makes it and as it is damaged. */
class DataCommandsTest {
  @TempDir Path dir;

  private KeptDirectory kept;

  @BeforeEach
  void name() {
    kept = new KeptDirectory(dir.resolve("data"));
  }

  private CommandRun.Result data(String... args) {
    List<String> words = new ArrayList<>(List.of("data"));
    words.addAll(List.of(args));
    if (args[0].equals("export") && args.length == 2) {
      words.add("-");
    }
    return CommandRun.run(words.toArray(String[]::new));
  }

  private static List<JsonNode> lines(CommandRun.Result result) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : result.out().lines().toList()) {
      lines.add(JsonLine.read(line));
    }
    return lines;
  }

  @Test
  void verify_sound_tellsWhatItHolds() throws IOException {
    kept.writeAll();
    CommandRun.Result result = data("verify", kept.toString());
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(kept + ": 2 queues, 3 messages, 7 B in bodies, 1 key; sound\n");
    assertThat(result.exit()).isZero();
  }

  @Test
  void verify_soundAsJson_isAnObject() throws IOException {
    kept.writeAll();
    assertThat(data("verify", kept.toString(), "--output", "json").out())
        .isEqualTo(
            "{\"dir\":\"%s\",\"queues\":2,\"messages\":3,\"bytes\":7,\"keys\":1,\"torn\":0,\"problems\":0}%n"
                .formatted(kept));
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "dump"})
  void reading_anyDirectory_changesNothingInIt(String command) throws IOException {
    kept.writeMany(100, 100).startAndStop().writeAll();
    var before = kept.contents();
    assertThat(data(command, kept.toString()).exit()).isZero();
    assertThat(kept.contents()).isEqualTo(before);
  }

  @Test
  void directory_notNamed_isThatOfTheEnvironment() throws IOException {
    kept.writeAll();
    CommandRun.Result result =
        new CommandRun().with("BAOZI_DATA_DIR", kept.toString()).of("data", "verify");
    assertThat(result.out()).startsWith(kept + ": 2 queues");
  }

  @Test
  void directory_notThere_isRefused() {
    CommandRun.Result result = data("verify", dir.resolve("no").toString());
    assertThat(result.err())
        .isEqualTo("baozi: there is no data directory " + dir.resolve("no") + "\n");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(dir.resolve("no")).doesNotExist();
  }

  @Test
  void directory_ofSomethingElse_isRefusedAndUntouched() throws IOException {
    Files.writeString(dir.resolve("letter"), "Dear");
    CommandRun.Result result = data("verify", dir.toString());
    assertThat(result.err()).contains("is not a data directory");
    assertThat(dir).isDirectoryNotContaining("glob:**/lock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "dump", "compact", "export"})
  void directory_ofANewerFormat_isRefused(String command) throws IOException {
    kept.writeAll();
    Files.writeString(kept.path().resolve("format"), "{\"format\":99}");
    CommandRun.Result result = data(command, kept.toString());
    assertThat(result.err()).contains("says format 99").hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "dump", "compact", "export"})
  void directory_inUse_isRefusedWithTheProcess(String command) throws IOException {
    Journal server = RocksJournal.open(KeptDirectory.options(kept.path()));
    CommandRun.Result result = data(command, kept.toString());
    server.close().toCompletableFuture().join();
    assertThat(result.err())
        .contains("is in use by process " + ProcessHandle.current().pid())
        .hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void verify_tableWithAFlippedByte_namesTheFile() throws IOException {
    kept.writeMany(2000, 100).startAndStop();
    Path table = kept.files(".sst").get(0);
    KeptDirectory.flip(table, 5000);
    CommandRun.Result result = data("verify", kept.toString());
    assertThat(result.out()).contains("damaged: " + table + ": ").contains("export --salvage");
    assertThat(result.err()).startsWith("baozi: " + kept + " is damaged: ").hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void verify_tableMissing_namesIt() throws IOException {
    kept.writeMany(100, 100).startAndStop();
    Path table = kept.files(".sst").get(0);
    Files.delete(table);
    CommandRun.Result result = data("verify", kept.toString());
    assertThat(result.out()).contains(table.getFileName().toString());
    assertThat(result.exit()).isEqualTo(1);
  }

  /** What the store has of its own files. */
  private Path account() throws IOException {
    Path journal = kept.path().resolve("journal");
    return journal.resolve(Files.readString(journal.resolve("CURRENT")).trim());
  }

  @Test
  void verify_whereNothingCanBeRescued_doesNotAdviseIt() throws IOException {
    kept.writeMany(100, 100).startAndStop();
    KeptDirectory.flip(account(), 20);
    assertThat(data("verify", kept.toString()).out())
        .contains("restore the directory from a copy")
        .doesNotContain("data import");
    CommandRun.Result salvage =
        data("export", kept.toString(), dir.resolve("file").toString(), "--salvage");
    assertThat(salvage.err())
        .contains("cannot be opened even to rescue what can be read: ")
        .doesNotContain("baozi data")
        .hasLineCount(1);
    assertThat(salvage.exit()).isEqualTo(1);
  }

  @Test
  void verify_accountOfTheStoreTorn_saysWhatMendsIt() throws IOException {
    kept.writeManyAndKill(100, 100);
    byte[] fragment = {
      1, 2, 3, 4, 9, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
    }; // whole but for its checksum
    Path account = account();
    Files.write(account, fragment, StandardOpenOption.APPEND);
    CommandRun.Result result = data("verify", kept.toString());
    assertThat(result.out())
        .contains("damaged: " + account + ": the last write, from byte ")
        .contains("what to do: start a server on the directory, or `baozi data compact` it\n")
        .doesNotContain("salvage");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(data("compact", kept.toString()).exit()).isZero();
    assertThat(data("verify", kept.toString()).exit()).isZero();
  }

  @Test
  void verify_logAndStoreDamaged_namesBoth() throws IOException {
    Path log = kept.writeManyAndKill(100, 100).log();
    KeptDirectory.flip(log, KeptDirectory.end(log) / 2);
    Path current = kept.path().resolve("journal").resolve("CURRENT");
    Files.delete(current);
    assertThat(data("verify", kept.toString()).out())
        .contains("damaged: " + log + " at byte ")
        .contains("damaged: " + kept.path().toRealPath() + ": it cannot be opened: ");
  }

  @Test
  void verify_logWithAFlippedByteInTheMiddle_saysWhere() throws IOException {
    Path log = kept.writeManyAndKill(100, 100).log();
    KeptDirectory.flip(log, KeptDirectory.end(log) / 2);
    CommandRun.Result result = data("verify", kept.toString());
    assertThat(result.out()).contains("damaged: " + log + " at byte ");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void verify_logTorn_isSoundAndSaysWhatTheNextStartDrops() throws IOException {
    Path log = kept.writeManyAndKill(100, 100).log();
    KeptDirectory.cut(log, (int) Files.size(log) - KeptDirectory.end(log) + 10);
    var before = kept.contents();
    CommandRun.Result result = data("verify", kept.toString());
    assertThat(result.out())
        .contains("1 queue, 99 messages")
        .containsPattern("the next start drops \\d+ bytes");
    assertThat(result.exit()).isZero();
    assertThat(kept.contents()).isEqualTo(before);
    assertThat(data("verify", kept.startAndStop().toString()).out()).contains("99 messages");
  }

  @Test
  void verify_lastRecordOfTheLogIsWrong_isTornAsWell() throws IOException {
    Path log = kept.writeManyAndKill(100, 100).log();
    KeptDirectory.flip(log, KeptDirectory.end(log) - 5);
    CommandRun.Result result = data("verify", kept.toString());
    assertThat(result.out()).contains("99 messages").contains("the next start drops");
    assertThat(result.exit()).isZero();
  }

  @Test
  void verify_rowsThatDoNotAgree_namesEach() throws IOException {
    kept.write(
        KeptDirectory.queue(1, "orders", "{}", false),
        KeptDirectory.message(1, 1, 10),
        KeptDirectory.message(1, 2, 10),
        new Entry.BodyGone(2),
        new Entry.Message(1, 3, false, 0, 0, 0, 0, 0, null, 9, 3, new byte[8]),
        KeptDirectory.message(7, 4, 10),
        new Entry.Key(8, "k", 1, 0));
    CommandRun.Result result = data("verify", kept.toString());
    assertThat(result.out())
        .contains("message 2 of queue orders: its body is not there")
        .contains("message 3 of queue orders: its body has 8 bytes, not 9")
        .contains("message 4: is of queue number 7, which is not there")
        .contains("key k: is of queue number 8, which is not there")
        .contains("counter message: is at 0, but there is number 4")
        .contains("counter queue: is at 0, but there is number 1");
    assertThat(result.err()).isEqualTo("baozi: " + kept + " is damaged: 6 problems\n");
  }

  @Test
  void verify_manyProblemsOfAKind_saysTenAndHowManyMore() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (int id = 1; id <= 30; id++) {
      entries.add(KeptDirectory.message(1, id, 0));
    }
    kept.write(entries);
    assertThat(data("verify", kept.toString()).out().lines())
        .filteredOn(line -> line.startsWith("damaged: message"))
        .hasSize(11);
  }

  @Test
  void verify_atATerminal_showsABarAndClearsIt() throws IOException {
    kept.writeMany(100, 100).startAndStop();
    CommandRun.Result result = new CommandRun().atTerminal().of("data", "verify", kept.toString());
    assertThat(result.err()).contains("checksums").contains("messages").endsWith("\r\033[K");
    assertThat(result.err()).contains(" KiB").doesNotContain(" MiB");
    assertThat(result.out()).endsWith("sound\n");
  }

  @Test
  void dump_everything_isALineARow() throws IOException {
    kept.writeAll();
    CommandRun.Result result = data("dump", kept.toString(), "--bodies");
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines())
        .containsExactly(
            "{\"kind\":\"counter\",\"name\":\"message\",\"value\":1000}",
            "{\"kind\":\"counter\",\"name\":\"queue\",\"value\":10}",
            "{\"kind\":\"counter\",\"name\":\"token\",\"value\":1152921504606846976}",
            "{\"kind\":\"queue\",\"queue\":\"orders\",\"number\":1,\"paused\":false,"
                + "\"settings\":{\"capacity\":5,\"durable\":true}}",
            "{\"kind\":\"queue\",\"queue\":\"包子 \\\"q\\\"\",\"number\":2,\"paused\":true,"
                + "\"settings\":{}}",
            "{\"kind\":\"message\",\"queue\":\"orders\",\"msg\":5,\"state\":\"delayed\","
                + "\"priority\":-7,\"attempt\":3,\"putAt\":1700000000000,"
                + "\"readyAt\":9223372036854775807,\"ttl\":60000,\"size\":3,"
                + "\"headers\":{\"a\": [1, \"\\n\"]},\"base64\":\"AP8K\"}",
            "{\"kind\":\"message\",\"queue\":\"orders\",\"msg\":6,\"state\":\"dead\","
                + "\"priority\":4503599627370496,\"attempt\":0,\"putAt\":1700000000000,"
                + "\"readyAt\":0,\"ttl\":-1,\"size\":0,\"body\":\"\"}",
            "{\"kind\":\"message\",\"queue\":\"包子 \\\"q\\\"\",\"msg\":7,\"state\":\"ready\","
                + "\"priority\":0,\"attempt\":1,\"putAt\":1700000000000,"
                + "\"readyAt\":1700000000000,\"ttl\":0,\"size\":4,\"body\":\"包!\"}",
            "{\"kind\":\"key\",\"queue\":\"orders\",\"key\":\"a key\\u0000\",\"msg\":6,"
                + "\"until\":1700000000000}");
  }

  @Test
  void dump_ofAQueue_isOfThatAlone() throws IOException {
    kept.writeAll();
    assertThat(lines(data("dump", kept.toString(), "--queue", "orders")))
        .extracting(line -> line.path("kind").asText() + " " + line.path("queue").asText())
        .containsExactly("queue orders", "message orders", "message orders", "key orders");
  }

  @Test
  void dump_ofAQueueThatIsNotThere_isRefused() throws IOException {
    kept.writeAll();
    CommandRun.Result result = data("dump", kept.toString(), "--queue", "no");
    assertThat(result.err()).startsWith("baozi: no queue is called no in ").hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void dump_damaged_isRefusedWithTheRemedy() throws IOException {
    kept.writeMany(2000, 100).startAndStop();
    for (Path table : kept.files(".sst")) {
      KeptDirectory.flip(table, 20);
    }
    CommandRun.Result result = data("dump", kept.toString(), "--bodies");
    assertThat(result.err()).contains("`baozi data verify`").hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void compact_mostlyGone_takesLessSpaceAndKeepsTheRest() throws IOException {
    kept.writeMany(2000, 1000).startAndStop();
    List<Entry> gone = new ArrayList<>();
    for (int id = 8; id < 2007; id++) {
      gone.add(new Entry.MessageGone(1, id));
      gone.add(new Entry.BodyGone(id));
    }
    kept.write(gone);
    JsonNode result = lines(data("compact", kept.toString(), "--output", "json")).get(0);
    assertThat(result.path("before").asLong()).isGreaterThan(2_000_000);
    assertThat(result.path("after").asLong()).isLessThan(100_000);
    assertThat(data("verify", kept.toString()).out()).contains("1 queue, 1 message, ");
  }

  @Test
  void compact_text_saysBothSizes() throws IOException {
    kept.writeAll();
    assertThat(data("compact", kept.toString()).out())
        .matches(kept + ": [0-9.]+ KiB before, [0-9.]+ KiB after\n");
  }

  private Path exported(KeptDirectory from, String name) {
    Path file = dir.resolve(name);
    assertThat(data("export", from.toString(), file.toString()).exit()).isZero();
    return file;
  }

  private KeptDirectory imported(Path file, String name) {
    KeptDirectory made = new KeptDirectory(dir.resolve(name));
    CommandRun.Result result = data("import", file.toString(), made.toString());
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    return made;
  }

  /** All frames but for the moment and the checksums, which follow from it. */
  private static List<String> frames(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    List<String> frames = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] header = new byte[bytes.getInt()];
      bytes.get(header);
      ObjectNode members = (ObjectNode) JsonLine.read(new String(header, UTF_8));
      byte[] body = new byte[members.path("size").asInt()];
      bytes.get(body);
      frames.add(members.without(List.of("at", "before")) + Arrays.toString(body));
    }
    return frames;
  }

  @Test
  void import_exported_isTheSameAndExportsTheSame() throws IOException {
    kept.writeMany(300, 100).writeAll();
    Path first = exported(kept, "first");
    KeptDirectory copy = imported(first, "copy");
    String dump = data("dump", kept.toString(), "--bodies").out();
    assertThat(data("dump", copy.toString(), "--bodies").out()).isEqualTo(dump);
    assertThat(frames(exported(copy, "second"))).isEqualTo(frames(first)).hasSize(311);
    assertThat(data("verify", copy.toString()).exit()).isZero();
  }

  @Test
  void bodyThatIsLent_isNoDamageAndNotExported() throws IOException {
    kept.writeMany(3, 100).write(new Entry.MessageGone(1, 9), new Entry.BodyLent(9));
    assertThat(data("verify", kept.toString()).out()).contains("2 messages").endsWith("sound\n");
    assertThat(data("dump", kept.toString()).out()).hasLineCount(5);
    KeptDirectory copy = imported(exported(kept, "file"), "copy");
    assertThat(data("verify", copy.toString()).out()).contains("2 messages").endsWith("sound\n");
  }

  @Test
  void export_toAFile_saysWhatItHolds() throws IOException {
    kept.writeAll();
    assertThat(data("export", kept.toString(), dir.resolve("file").toString()).out())
        .matches(dir.resolve("file") + ": 2 queues, 3 messages, 7 B in bodies; [0-9.]+ .*\n");
    assertThat(dir.resolve("file.part")).doesNotExist();
  }

  @Test
  void export_fileIsThere_isRefusedUnlessForced() throws IOException {
    kept.writeAll();
    Path file = Files.writeString(dir.resolve("file"), "precious");
    CommandRun.Result result = data("export", kept.toString(), file.toString());
    assertThat(result.err()).contains("is there").contains("--force").hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(file).hasContent("precious");
    assertThat(data("export", kept.toString(), file.toString(), "--force").exit()).isZero();
    assertThat(Files.size(file)).isGreaterThan(100);
  }

  @Test
  void export_oneName_isTheFile() throws IOException {
    kept.writeAll();
    Path file = dir.resolve("file");
    CommandRun.Result result =
        new CommandRun()
            .with("BAOZI_DATA_DIR", kept.toString())
            .of("data", "export", file.toString());
    assertThat(result.exit()).isZero();
    assertThat(file).exists();
  }

  @Test
  void exportAndImport_throughPipes_passEverything() throws IOException {
    kept.writeAll();
    CommandRun.Result exported = data("export", kept.toString(), "-");
    assertThat(exported.exit()).isZero();
    Path copy = dir.resolve("copy");
    CommandRun.Result result =
        new CommandRun().stdin(exported.bytes()).of("data", "import", "-", copy.toString());
    assertThat(result.out()).isEqualTo(copy + ": 2 queues, 3 messages, 7 B in bodies\n");
    assertThat(data("dump", copy.toString(), "--bodies").out())
        .isEqualTo(data("dump", kept.toString(), "--bodies").out());
  }

  @Test
  void import_directoryIsThereAndEmpty_fillsIt() throws IOException {
    kept.writeAll();
    Path there = Files.createDirectory(dir.resolve("copy"));
    Files.createDirectory(there.resolve("lost+found"));
    Files.createDirectories(there.resolve("importing").resolve("journal"));
    Object identity = Files.getAttribute(there, "unix:ino");
    KeptDirectory copy = imported(exported(kept, "file"), "copy");
    assertThat(data("verify", copy.toString()).exit()).isZero();
    assertThat(Files.getAttribute(there, "unix:ino"))
        .as("it may be a mount point")
        .isEqualTo(identity);
    assertThat(there.resolve("importing")).doesNotExist();
    assertThat(data("verify", copy.startAndStop().toString()).out()).contains("3 messages");
  }

  @Test
  void import_ofADamagedFileIntoADirectoryThatIsThere_leavesItEmpty() throws IOException {
    kept.writeAll();
    Path file = exported(kept, "file");
    KeptDirectory.cut(file, 10);
    Path there = Files.createDirectory(dir.resolve("copy"));
    assertThat(data("import", file.toString(), there.toString()).exit()).isEqualTo(1);
    assertThat(there).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "dump", "export"})
  void reading_aDirectoryThatCannotBeWritten_works(String command) throws IOException {
    kept.writeMany(100, 100).startAndStop();
    CommandRun.Result result = Locked.during(kept.path(), () -> data(command, kept.toString()));
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
  }

  @Test
  void compact_aDirectoryThatCannotBeWritten_saysSo() throws IOException {
    kept.writeMany(100, 100).startAndStop();
    CommandRun.Result result = Locked.during(kept.path(), () -> data("compact", kept.toString()));
    assertThat(result.err()).contains("cannot write to data directory").hasLineCount(1);
  }

  @Test
  void import_directoryIsNotEmpty_isRefusedAndUntouched() throws IOException {
    kept.writeAll();
    Path file = exported(kept, "file");
    var before = kept.contents();
    CommandRun.Result result = data("import", file.toString(), kept.toString());
    assertThat(result.err()).contains("is there and not empty").hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(kept.contents()).isEqualTo(before);
  }

  private void assertNotImported(Path file, String why) {
    Path copy = dir.resolve("copy");
    CommandRun.Result result = data("import", file.toString(), copy.toString());
    assertThat(result.err()).contains(why).contains("nothing was imported").hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(copy).doesNotExist();
    assertThat(dir.resolve("copy.importing")).doesNotExist();
  }

  @Test
  void import_cutFile_namesTheFrame() throws IOException {
    kept.writeAll();
    Path file = exported(kept, "file");
    long size = Files.size(file);
    KeptDirectory.cut(file, 10);
    assertNotImported(file, "frame 11 of " + file + ", at byte ");
    KeptDirectory.cut(file, (int) size / 2);
    assertNotImported(file, "is cut off there");
  }

  @Test
  void import_cutAtEveryByte_isRefused() throws IOException {
    kept.write(KeptDirectory.queue(1, "q", "{}", false), KeptDirectory.message(1, 1, 9));
    byte[] whole = Files.readAllBytes(exported(kept, "file"));
    for (int length = 0; length < whole.length; length += 7) {
      Path cut = Files.write(dir.resolve("cut"), Arrays.copyOf(whole, length));
      assertNotImported(cut, "is damaged");
    }
  }

  @Test
  void import_flippedByte_namesTheFrame() throws IOException {
    kept.writeMany(10, 100);
    Path file = exported(kept, "file");
    byte[] whole = Files.readAllBytes(file);
    for (int at = 3; at < whole.length; at += 131) {
      KeptDirectory.flip(file, at);
      assertNotImported(file, "frame ");
      Files.write(file, whole);
    }
  }

  @Test
  void import_somethingElse_isRefused() throws IOException {
    assertNotImported(Files.writeString(dir.resolve("letter"), "Dear Sir or Madam"), "frame 1 of ");
    CommandRun.Result missing = data("import", dir.resolve("no").toString(), kept.toString());
    assertThat(missing.err()).contains("there is no file " + dir.resolve("no")).hasLineCount(1);
  }

  @Test
  void export_damaged_isRefusedAndLeavesNoFile() throws IOException {
    kept.writeMany(2000, 100).startAndStop();
    KeptDirectory.flip(kept.files(".sst").get(0), 5000);
    Path file = dir.resolve("file");
    CommandRun.Result result = data("export", kept.toString(), file.toString());
    assertThat(result.err()).contains("export --salvage").hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(dir).isDirectoryNotContaining("glob:**/file*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bodies", "index"})
  void salvage_tableWithAFlippedByte_rescuesTheRest(String table) throws IOException {
    kept.writeMany(5000, 100).startAndStop();
    List<Path> tables = kept.files(".sst");
    KeptDirectory.flip(tables.get(table.equals("bodies") ? 0 : 1), 20_000);
    Path file = dir.resolve("file");
    CommandRun.Result result = data("export", kept.toString(), file.toString(), "--salvage");
    assertThat(result.err()).startsWith("damaged: ").contains(" was left out");
    assertThat(result.exit()).isZero();
    KeptDirectory copy = imported(file, "copy");
    JsonNode found = lines(data("verify", copy.toString(), "--output", "json")).get(0);
    assertThat(found.path("problems").asInt()).isZero();
    assertThat(found.path("messages").asInt()).isBetween(3000, 4999);
  }

  @Test
  void salvage_logWithAFlippedByteInTheMiddle_rescuesTheRest() throws IOException {
    Path log = kept.writeManyAndKill(100, 1000).log();
    KeptDirectory.flip(log, KeptDirectory.end(log) / 2);
    Path file = dir.resolve("file");
    assertThat(data("export", kept.toString(), file.toString(), "--salvage").exit()).isZero();
    JsonNode found =
        lines(data("verify", imported(file, "copy").toString(), "--output", "json")).get(0);
    assertThat(found.path("problems").asInt()).isZero();
    assertThat(found.path("messages").asInt()).isBetween(50, 99);
  }

  @Test
  void salvage_logGone_tellsWhatIsMissing() throws IOException {
    Path log = kept.writeMany(100, 100).startAndStop().path().toRealPath().resolve("log");
    try (Stream<Path> files = Files.list(log)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    String missing = "damaged: files are missing in " + log + ": the store ends with write ";
    assertThat(data("verify", kept.toString()).out()).contains(missing);
    Path file = dir.resolve("file");
    CommandRun.Result result = data("export", kept.toString(), file.toString(), "--salvage");
    assertThat(result.err()).startsWith(missing).hasLineCount(1);
    assertThat(result.out()).contains("100 messages").endsWith("; 1 problem, as told\n");
  }

  @Test
  void salvage_rowsThatDoNotAgree_putsThemRight() throws IOException {
    kept.write(
        KeptDirectory.queue(1, "orders", "{}", false),
        KeptDirectory.message(1, 1, 10),
        KeptDirectory.message(1, 2, 10),
        new Entry.BodyGone(2),
        KeptDirectory.message(7, 4, 10),
        new Entry.Key(8, "k", 1, 0));
    Path file = dir.resolve("file");
    data("export", kept.toString(), file.toString(), "--salvage");
    KeptDirectory copy = imported(file, "copy");
    assertThat(data("verify", copy.toString()).exit()).isZero();
    assertThat(lines(data("dump", copy.toString())))
        .extracting(line -> line.path("queue").asText() + line.path("msg").asText())
        .contains("orders1", "lost-74")
        .doesNotContain("orders2");
  }
}
