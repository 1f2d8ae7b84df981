package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.baozi.journal.Entry;
import io.baozi.journal.Journal;
import io.baozi.journal.RocksJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    kept.writeAll().startAndStop().writeMany(100, 100);
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
  @ValueSource(strings = {"verify", "dump", "compact"})
  void directory_ofANewerFormat_isRefused(String command) throws IOException {
    kept.writeAll();
    Files.writeString(kept.path().resolve("format"), "{\"format\":99}");
    CommandRun.Result result = data(command, kept.toString());
    assertThat(result.err()).contains("says format 99").hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "dump", "compact"})
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

  @Test
  void verify_logWithAFlippedByteInTheMiddle_saysWhere() throws IOException {
    kept.writeMany(100, 100);
    Path log = kept.files(".log").get(0);
    KeptDirectory.flip(log, Files.size(log) / 2);
    CommandRun.Result result = data("verify", kept.toString());
    assertThat(result.out()).contains("damaged: " + log + " at byte ");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void verify_logTorn_isSoundAndSaysWhatTheNextStartDrops() throws IOException {
    kept.writeMany(100, 100);
    KeptDirectory.cut(kept.files(".log").get(0), 10);
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
    kept.writeMany(100, 100);
    Path log = kept.files(".log").get(0);
    KeptDirectory.flip(log, Files.size(log) - 5);
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
        .filteredOn(line -> line.startsWith("damaged: message "))
        .hasSize(11);
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
    for (int id = 1; id < 2000; id++) {
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
}
