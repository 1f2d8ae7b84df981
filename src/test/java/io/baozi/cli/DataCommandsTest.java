package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.frame.Header;
import io.baozi.frame.MalformedHeaderException;
import io.baozi.journal.Entry;
import io.baozi.journal.Health;
import io.baozi.journal.Journal;
import io.baozi.journal.JournalOptions;
import io.baozi.journal.RocksJournal;
import io.baozi.journal.Sync;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a data directory, on such as the journal makes. */
class DataCommandsTest {
  private static final int MANY = 2000;

  @TempDir Path temp;
  private Path data;
  private Path file;

  @BeforeEach
  void names() {
    data = temp.resolve("data");
    file = temp.resolve("out.baozi");
  }

  private static RocksJournal journal(Path at) throws IOException {
    RocksJournal journal =
        RocksJournal.open(
            new JournalOptions(at, Sync.ALWAYS, Duration.ofMillis(100), 0, 128L << 20));
    journal.recover(entry -> {});
    return journal;
  }

  private void write(Entry... entries) throws IOException {
    RocksJournal journal = journal(data);
    journal.write(List.of(entries), true);
    journal.close().toCompletableFuture().join();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Entry.Message message(long id, boolean dead, long readyAt, byte[] body) {
    return new Entry.Message(
        1,
        id,
        dead,
        -5,
        1000,
        readyAt,
        dead ? 77 : -1,
        3,
        id % 2 == 0 ? utf8("{\"a\":[1,{\"b\":\"ü\"}]}") : null,
        body.length,
        id,
        body.length == 0 ? null : body);
  }

  private static Entry.Queue queue(long id, String name) {
    return new Entry.Queue(id, name, "{\"capacity\":5}", id == 2);
  }

  private void writeAll() throws IOException {
    write(
        new Entry.Counter("message", 1 << 20),
        new Entry.Counter("queue", 9),
        queue(1, "orders"),
        queue(2, "empty"),
        message(7, false, 1000, utf8("hello")),
        message(8, false, Long.MAX_VALUE / 4000, new byte[] {(byte) 0xff, 0}),
        message(9, true, 1000, new byte[0]),
        new Entry.Key(1, "k\"1", 7, 99999));
  }

  /** Many messages, all in tables. */
  private void writeMany() throws IOException {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry.Counter("message", MANY));
    entries.add(new Entry.Counter("queue", 1));
    entries.add(queue(1, "orders"));
    Random random = new Random(1);
    for (int id = 1; id <= MANY; id++) {
      byte[] body = new byte[256];
      random.nextBytes(body);
      entries.add(message(id, false, 1000, body));
    }
    write(entries.toArray(Entry[]::new));
    assertThat(CommandRun.run("data", "compact", data.toString()).exit()).isZero();
  }

  private List<Path> files(String end) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("journal"))) {
      return files.filter(each -> each.toString().endsWith(end)).sorted().toList();
    }
  }

  private Path largestTable() throws IOException {
    return files(".sst").stream()
        .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
        .orElseThrow();
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int b = bytes.read();
      bytes.seek(at);
      bytes.write(b ^ 0x55);
    }
  }

  private CommandRun.Result verify() {
    return CommandRun.run("data", "verify", data.toString());
  }

  @Test
  void verify_soundDirectory_countsAndChangesNothing() throws IOException {
    writeAll();
    List<Path> before = files("");
    CommandRun.Result result = verify();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains(": sound\n", "2 queues, 3 messages (1 dead, 7 B of bodies), 1 key;");
    assertThat(result.exit()).isZero();
    assertThat(files("")).isEqualTo(before);
  }

  @Test
  void verify_atTerminal_leavesAnEmptyLine() throws IOException {
    writeAll();
    CommandRun.Result result = new CommandRun().atTerminal().of("data", "verify", data.toString());
    assertThat(result.err()).endsWith("\r\u001b[K");
  }

  @Test
  void verify_byteFlippedInTable_namesFile() throws IOException {
    writeMany();
    Path table = largestTable();
    flip(table, table.toFile().length() / 2);
    CommandRun.Result result = verify();
    assertThat(result.out())
        .contains("damaged: " + table, "checksum", "DAMAGED", "data export --salvage");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void verify_tableMissing_namesFile() throws IOException {
    writeMany();
    Path table = largestTable();
    Files.delete(table);
    CommandRun.Result result = verify();
    assertThat(result.out()).contains("damaged: " + table + " (bodies): is missing");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void verify_logCut_isTornAndSound() throws IOException {
    writeAll();
    Path log = files(".log").get(0);
    long size = log.toFile().length();
    try (RandomAccessFile bytes = new RandomAccessFile(log.toFile(), "rw")) {
      bytes.setLength(size - 3);
    }
    CommandRun.Result result = verify();
    assertThat(result.out()).contains("torn: " + log, ": sound\n");
    assertThat(result.exit()).isZero();
    assertThat(log).hasSize(size - 3);
  }

  @Test
  void verify_logDamagedInTheMiddle_namesByte() throws Exception {
    RocksJournal journal = journal(data);
    Kept kept = new Kept(new LinkedBlockingQueue<>());
    journal.listen(kept);
    kept.await(journal.write(List.of(queue(1, "orders")), true));
    kept.await(journal.write(List.of(message(1, false, 1, new byte[70_000])), true));
    kept.await(
        journal.write(List.of(message(2, false, 1, utf8("in a block that is whole"))), true));
    journal.close().toCompletableFuture().join();
    flip(files(".log").get(0), 20);
    CommandRun.Result result = verify();
    assertThat(result.out()).contains("damaged: ", ".log is damaged at byte 0, with kept data");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(CommandRun.run("data", "dump", data.toString()).err()).contains("--salvage");
    CommandRun.Result saved =
        CommandRun.run("data", "export", "--salvage", data.toString(), file.toString());
    assertThat(saved.err()).contains("is called salvaged-1");
    assertThat(saved.out()).contains("1 queue, 1 message");
  }

  /** Tells what is kept. */
  private record Kept(BlockingQueue<Long> numbers) implements Journal.Listener {
    void await(long number) throws InterruptedException {
      assertThat(numbers.poll(20, TimeUnit.SECONDS)).isEqualTo(number);
    }

    @Override
    public void kept(long number) {
      numbers.add(number);
    }

    @Override
    public void lost(long number) {
      numbers.add(-number);
    }

    @Override
    public void changed(Health health) {}
  }

  @Test
  void verify_rowsThatDoNotGoTogether_tellsEach() throws IOException {
    write(
        new Entry.Counter("message", 3),
        new Entry.Message(5, 4, false, 0, 1, 1, -1, 0, null, 9, 4, null),
        new Entry.Key(6, "k", 1, 1));
    CommandRun.Result result = verify();
    assertThat(result.out())
        .contains(
            "queue number 5, and not the queue itself",
            "queue number 6",
            "the body of message 4 is not there",
            "the counter of message numbers is at 3, but 4");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void verify_usedByServer_isRefusedWithItsPid() throws IOException {
    RocksJournal journal = journal(data);
    CommandRun.Result result = verify();
    assertThat(result.err()).contains("is in use by process " + ProcessHandle.current().pid());
    assertThat(result.exit()).isEqualTo(1);
    journal.close().toCompletableFuture().join();
  }

  @Test
  void verify_newerFormatOrNone_isRefused() throws IOException {
    writeAll();
    Files.writeString(data.resolve("format"), "{\"format\":2}");
    assertThat(verify().err()).contains("says format 2");
    assertThat(CommandRun.run("data", "verify", temp.resolve("no").toString()).err())
        .contains("is not there");
    assertThat(CommandRun.run("data", "verify", temp.toString()).err())
        .contains("is no data directory");
  }

  @Test
  void dump_everyField_isThere() throws IOException {
    writeAll();
    String out = CommandRun.run("data", "dump", data.toString(), "--bodies").out();
    assertThat(out)
        .contains(
            "{\"kind\":\"counter\",\"name\":\"message\",\"value\":1048576}\n",
            "\"name\":\"empty\",\"paused\":true,\"settings\":{\"capacity\":5}}\n",
            "\"queue\":\"orders\",\"id\":7,\"state\":\"ready\",\"priority\":-5,\"attempt\":3",
            "\"bytes\":5,\"body\":\"hello\"}\n",
            "\"state\":\"delayed\"",
            "\"headers\":{\"a\":[1,{\"b\":\"ü\"}]},\"base64\":\"/wA=\"}\n",
            "\"state\":\"dead\"",
            "{\"kind\":\"key\",\"queue\":\"orders\",\"key\":\"k\\\"1\",\"msg\":7,\"until\":99999}\n");
    assertThat(CommandRun.run("data", "dump", data.toString(), "--queue", "empty").out())
        .hasLineCount(1);
    assertThat(CommandRun.run("data", "dump", data.toString(), "--queue", "x").exit()).isEqualTo(1);
  }

  @Test
  void export_importedAndExportedAgain_isTheSame() throws IOException {
    writeAll();
    Path made = temp.resolve("made");
    Path again = temp.resolve("again.baozi");
    assertThat(CommandRun.run("data", "export", data.toString(), file.toString()).err()).isEmpty();
    assertThat(CommandRun.run("data", "import", file.toString(), made.toString()).out())
        .isEqualTo(made.toRealPath() + ": 2 queues, 3 messages (7 B of bodies), 1 key\n");
    CommandRun.run("data", "export", made.toString(), again.toString());
    assertThat(rows(again)).isEqualTo(rows(file)).hasSizeGreaterThan(6);
    assertThat(CommandRun.run("data", "verify", made.toString()).exit()).isZero();
    journal(made).close().toCompletableFuture().join();
  }

  /** The frames of an export but for the first, with its moment, and the last, with its sum. */
  private static List<String> rows(Path export) throws IOException {
    List<String> frames = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(export))) {
      while (in.available() > 0) {
        Header header = Header.parse(in.readNBytes(in.readInt()));
        frames.add(header + Arrays.toString(in.readNBytes((int) header.size())));
      }
    } catch (MalformedHeaderException e) {
      throw new AssertionError(e);
    }
    return frames.subList(1, frames.size() - 1);
  }

  @Test
  void export_fileThere_wantsForce() throws IOException {
    writeAll();
    Files.writeString(file, "mine");
    CommandRun.Result refused = CommandRun.run("data", "export", data.toString(), file.toString());
    assertThat(refused.err()).contains("is there already; --force replaces it");
    assertThat(file).hasContent("mine");
    assertThat(CommandRun.run("data", "export", "--force", data.toString(), file.toString()).exit())
        .isZero();
    assertThat(Files.exists(temp.resolve("out.baozi.new"))).isFalse();
  }

  @Test
  void export_damagedBodies_isRefusedOrSalvaged() throws IOException {
    writeMany();
    Path table = largestTable();
    flip(table, table.toFile().length() / 2);
    CommandRun.Result refused = CommandRun.run("data", "export", data.toString(), file.toString());
    assertThat(refused.err()).contains("data export --salvage");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(file).doesNotExist();
    CommandRun.Result saved =
        CommandRun.run(
            "data", "export", "--salvage", data.toString(), file.toString(), "--output=json");
    String count = saved.out().replaceFirst("(?s).*\"messages\":(\\d+).*", "$1");
    assertThat(Integer.parseInt(count)).isBetween(MANY - 100, MANY - 1);
    Path made = temp.resolve("made");
    assertThat(CommandRun.run("data", "import", file.toString(), made.toString()).exit()).isZero();
    assertThat(CommandRun.run("data", "verify", made.toString()).exit()).isZero();
  }

  @Test
  void export_damagedIndex_salvagesWhatIsBeyond() throws IOException {
    writeMany();
    Path index =
        files(".sst").stream()
            .sorted((a, b) -> Long.compare(b.toFile().length(), a.toFile().length()))
            .skip(1)
            .findFirst()
            .orElseThrow();
    flip(index, index.toFile().length() / 3);
    CommandRun.Result saved =
        CommandRun.run(
            "data", "export", "--salvage", data.toString(), file.toString(), "--output=json");
    assertThat(saved.err()).contains("some messages cannot be read");
    String count = saved.out().replaceFirst("(?s).*\"messages\":(\\d+).*", "$1");
    assertThat(Integer.parseInt(count)).isBetween(MANY / 4, MANY - 1);
  }

  @Test
  void import_damagedOrCut_namesFrameAndLeavesNothing() throws IOException {
    writeAll();
    CommandRun.run("data", "export", data.toString(), file.toString());
    byte[] whole = Files.readAllBytes(file);
    Path made = temp.resolve("made");
    for (int cut = 0; cut < whole.length; cut += 37) {
      Files.write(file, Arrays.copyOf(whole, cut));
      CommandRun.Result result = CommandRun.run("data", "import", file.toString(), made.toString());
      assertThat(result.err()).contains("it was cut off");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(made).doesNotExist();
    }
    int body = new String(whole, StandardCharsets.ISO_8859_1).indexOf("hello");
    Files.write(file, whole);
    flip(file, body);
    assertThat(CommandRun.run("data", "import", file.toString(), made.toString()).err())
        .contains("is damaged in frame 4, at byte ", "its body does not match its checksum");
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThat(CommandRun.run("data", "import", file.toString(), made.toString()).err())
        .contains("something behind its last frame, from byte " + whole.length);
    assertThat(made).doesNotExist();
  }

  @Test
  void import_directoryNotEmpty_isRefused() throws IOException {
    writeAll();
    CommandRun.run("data", "export", data.toString(), file.toString());
    CommandRun.Result result = CommandRun.run("data", "import", file.toString(), data.toString());
    assertThat(result.err()).contains("is not empty (it has format, journal, lock");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(verify().exit()).isZero();
  }

  @Test
  void commands_noDirectoryGiven_takeThatOfTheConfiguration() throws IOException {
    writeAll();
    CommandRun.Result result =
        new CommandRun().with("BAOZI_DATA_DIR", data.toString()).of("data", "verify");
    assertThat(result.out()).startsWith(data.toRealPath() + ": sound");
    Path json =
        Files.writeString(temp.resolve("c.json"), "{\"data\":{\"dir\":\"%s\"}}".formatted(data));
    assertThat(CommandRun.run("data", "verify", "--config", json.toString()).exit()).isZero();
    assertThat(CommandRun.run("data", "verify", json.toString()).err())
        .contains("a configuration is given by --config");
  }
}
