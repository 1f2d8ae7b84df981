package io.baozi.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.DirectoryCopy;
import io.baozi.journal.Entry;
import io.baozi.journal.Health;
import io.baozi.journal.Journal;
import io.baozi.journal.JournalOptions;
import io.baozi.journal.RocksJournal;
import io.baozi.journal.Sync;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/** A data directory as a server leaves it, made by the journal itself, to be damaged. */
final class KeptDirectory {
  private static final long PUT_AT = 1_700_000_000_000L;

  private final Path path;

  KeptDirectory(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  @Override
  public String toString() {
    return path.toString();
  }

  static JournalOptions options(Path path) {
    return new JournalOptions(path, Sync.ALWAYS, Duration.ofMillis(100), 0, 16 << 20);
  }

  /** Opens it as a server does, writes these, and closes it. */
  KeptDirectory write(Entry... entries) throws IOException {
    return write(List.of(entries));
  }

  KeptDirectory write(List<Entry> entries) throws IOException {
    write(path, entries, () -> {});
    return this;
  }

  private static void write(Path path, List<Entry> entries, Runnable then) throws IOException {
    Journal journal = RocksJournal.open(options(path));
    journal.recover(entry -> {});
    Keeper keeper = new Keeper();
    journal.listen(keeper);
    int together = Math.max(1, entries.size() / 100);
    for (int from = 0; from < entries.size(); from += together) {
      int to = Math.min(from + together, entries.size());
      keeper.await(journal.write(List.copyOf(entries.subList(from, to)), true));
    }
    then.run();
    journal.close().toCompletableFuture().join();
  }

  /** Waits for each write, so that it is a record of its own in the log. */
  private static final class Keeper implements Journal.Listener {
    private final BlockingQueue<Long> kept = new LinkedBlockingQueue<>();

    void await(long number) {
      try {
        while (kept.take() < number) {}
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void kept(long number) {
      kept.add(number);
    }

    @Override
    public void lost(long number) {
      throw new IllegalStateException("not kept: " + number);
    }

    @Override
    public void changed(Health health) {}
  }

  /** Writes something of everything, with every field of it. */
  KeptDirectory writeAll() throws IOException {
    return write(
        new Entry.Counter("message", 1000),
        new Entry.Counter("queue", 10),
        new Entry.Counter("token", 1L << 60),
        queue(1, "orders", "{\"capacity\":5,\"durable\":true}", false),
        queue(2, "包子 \"q\"", "{}", true),
        new Entry.Message(
            1,
            5,
            false,
            -7,
            PUT_AT,
            Long.MAX_VALUE,
            60_000,
            3,
            utf8("{\"a\": [1, \"\\n\"]}"),
            3,
            5,
            new byte[] {0, -1, 10}),
        new Entry.Message(1, 6, true, 1L << 52, PUT_AT, 0, -1, 0, null, 0, 0, null),
        new Entry.Message(2, 7, false, 0, PUT_AT, PUT_AT, 0, 1, null, 4, 4, utf8("包!")),
        new Entry.Key(1, "a key\u0000", 6, PUT_AT));
  }

  /** Writes a queue called orders of so many messages from 8 on, with bodies of so many bytes. */
  KeptDirectory writeMany(int messages, int length) throws IOException {
    return write(orders(messages, length));
  }

  /** The same, by a server that is killed: it is in the log, and in no table. */
  KeptDirectory writeManyAndKill(int messages, int length) throws IOException {
    Path living = Path.of(path + "-living");
    write(living, orders(messages, length), () -> DirectoryCopy.make(living, path));
    return this;
  }

  private static List<Entry> orders(int messages, int length) {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry.Counter("message", messages + 7));
    entries.add(new Entry.Counter("queue", 1));
    entries.add(queue(1, "orders", "{}", false));
    for (int id = 8; id < messages + 8; id++) {
      entries.add(message(1, id, length));
    }
    return entries;
  }

  /** As a start and a stop leave it: what was in the log is in tables. */
  KeptDirectory startAndStop() throws IOException {
    return write(List.of());
  }

  static Entry.Queue queue(long id, String name, String settings, boolean paused) {
    return new Entry.Queue(id, name, settings, paused);
  }

  /** A message whose body is of bytes that do not compress to nothing. */
  static Entry.Message message(long queue, long id, int length) {
    byte[] body = new byte[length];
    new java.util.Random(id).nextBytes(body);
    return new Entry.Message(queue, id, false, 0, PUT_AT, PUT_AT, -1, 0, null, length, id, body);
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  /** Files of the store whose names end so, the largest first. */
  List<Path> files(String end) throws IOException {
    try (Stream<Path> files = Files.list(path.resolve("journal"))) {
      return files
          .filter(file -> file.toString().endsWith(end))
          .sorted((a, b) -> Long.compare(b.toFile().length(), a.toFile().length()))
          .toList();
    }
  }

  /** The only file of the log. */
  Path log() throws IOException {
    try (Stream<Path> files = Files.list(path.resolve("log"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  /** Where the last record of a file of the log ends: what follows is zeros. */
  static int end(Path log) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  /** Changes one byte of a file. */
  static Path flip(Path file, long at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) at] ^= 0x55;
    Files.write(file, bytes);
    return file;
  }

  /** Leaves out the last bytes of a file. */
  static Path cut(Path file, int bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - bytes);
    }
    return file;
  }

  /** All that is in it but who holds the lock: names and digests of what they hold. */
  Map<String, Integer> contents() throws IOException {
    Map<String, Integer> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("lock")) {
          contents.put(path.relativize(file) + "", Arrays.hashCode(Files.readAllBytes(file)));
        }
      }
    }
    return contents;
  }
}
