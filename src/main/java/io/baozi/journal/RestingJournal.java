package io.baozi.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.WALRecoveryMode;

/**
 * The journal of a data directory that no server has: it is read, and nothing in it is changed but
 * the lock, which keeps servers away meanwhile. For one thread.
 */
public final class RestingJournal implements AutoCloseable {
  /** For what was read, as a server has it by default. */
  static final long MEMORY = 128L << 20;

  /**
   * A file that rows are in.
   *
   * @param family what is in it
   * @param size that it is to have, in bytes
   */
  public record Table(Path file, String family, long size) {}

  /** What cannot be read is told to this one, a sentence each. */
  public interface Gaps {
    /** Something cannot be read. */
    void gap(String what) throws JournalException;
  }

  private final DataDirectory directory;
  private final LogFiles.Judgement logs;
  private final Store store;

  private RestingJournal(DataDirectory directory, LogFiles.Judgement logs, Store store) {
    this.directory = directory;
    this.logs = logs;
    this.store = store;
  }

  /**
   * Opens it, even if it is damaged.
   *
   * @throws JournalException if there is none, it is in use, of another format, or so damaged that
   *     nothing can be read
   */
  public static RestingJournal open(Path path) throws JournalException {
    DataDirectory directory = DataDirectory.existing(path);
    try {
      NativeLibrary.loadAside(directory.natives());
      LogFiles.Judgement logs = LogFiles.judge(directory.journal());
      return new RestingJournal(
          directory, logs, Store.openToRead(directory.journal(), MEMORY, mode(logs)));
    } catch (RocksDBException e) {
      throw RocksJournal.released(directory, Damage.opening(directory.journal(), e));
    } catch (JournalException e) {
      throw RocksJournal.released(directory, e);
    } catch (IOException e) {
      throw RocksJournal.released(
          directory,
          new JournalException("the logs in " + directory.journal() + " cannot be read: " + e, e));
    }
  }

  /** What a start would drop is not read; of damaged logs all is that can be. */
  private static WALRecoveryMode mode(LogFiles.Judgement logs) {
    return logs.damage().isEmpty()
        ? WALRecoveryMode.PointInTimeRecovery
        : WALRecoveryMode.SkipAnyCorruptedRecords;
  }

  /** Its data directory, as it really is called. */
  public Path directory() {
    return directory.path();
  }

  /** What the next start will drop: what a crash has torn at the end of the newest log. */
  public Optional<String> torn() {
    return Optional.ofNullable(logs.torn())
        .map(
            found ->
                "%s: the last write was torn by a crash at byte %d; the next start drops its %d bytes"
                    .formatted(found.file(), found.damage(), found.size() - found.damage()));
  }

  /** What is damaged in its logs, a sentence each. */
  public List<String> damagedLogs() {
    return logs.damage();
  }

  /**
   * Refuses one whose logs are damaged.
   *
   * @throws JournalException if they are; says what to do
   */
  public void requireLogs() throws JournalException {
    if (!logs.damage().isEmpty()) {
      throw new JournalException(logs.damage().get(0) + ". " + Damage.REMEDY);
    }
  }

  /** The files that rows are in. */
  public List<Table> tables() {
    return store.tables().stream().map(RestingJournal::table).toList();
  }

  private static Table table(LiveFileMetaData file) {
    Family family =
        Stream.of(Family.values())
            .filter(each -> Arrays.equals(each.label(), file.columnFamilyName()))
            .findFirst()
            .orElseThrow();
    return new Table(
        Path.of(file.path(), file.fileName()).normalize(),
        family.name().toLowerCase(Locale.ROOT),
        file.size());
  }

  /** Reads all of a file and holds its checksums against it; what is wrong, if anything is. */
  public static Optional<String> check(Table table) {
    if (!Files.exists(table.file())) {
      return Optional.of("is missing");
    }
    try (Options options = new Options();
        SstFileReader reader = new SstFileReader(options)) {
      long size = Files.size(table.file());
      if (size != table.size()) {
        return Optional.of("has " + size + " bytes and not " + table.size());
      }
      reader.open(table.file().toString());
      reader.verifyChecksum();
      return Optional.empty();
    } catch (RocksDBException e) {
      return Optional.of(Damage.why(e));
    } catch (IOException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
  }

  /** About how many messages there are. */
  public long messages() {
    try {
      return store.rows(Family.INDEX);
    } catch (RocksDBException e) {
      return 0;
    }
  }

  /** The bytes of all its files. */
  public long size() throws JournalException {
    return size(directory.journal());
  }

  static long size(Path journal) throws JournalException {
    try (Stream<Path> files = Files.list(journal)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new JournalException("cannot look into " + journal + ": " + e.getMessage(), e);
    }
  }

  /**
   * Hands over all that can be read: counters, queues, messages by queue and id without their
   * bodies, keys.
   *
   * @param gaps is told of each stretch that cannot
   */
  public void scan(Consumer<Entry> to, Gaps gaps) throws JournalException {
    for (Family family : Rows.order()) {
      List<String> met = new ArrayList<>();
      store.salvage(
          family,
          (key, value) -> {
            tell(met, gaps);
            Optional<Entry> entry = entry(family, key, value, gaps);
            entry.ifPresent(to);
          },
          why -> met.add("some " + name(family) + " cannot be read: " + Damage.why(why)));
      tell(met, gaps);
    }
  }

  private static void tell(List<String> met, Gaps gaps) throws JournalException {
    for (String gap : met) {
      gaps.gap(gap);
    }
    met.clear();
  }

  private static Optional<Entry> entry(Family family, byte[] key, byte[] value, Gaps gaps)
      throws JournalException {
    try {
      return Optional.of(Rows.entry(family, key, value));
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      gaps.gap("a row of " + name(family) + " means nothing: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static String name(Family family) {
    return switch (family) {
      case COUNTERS -> "counters";
      case QUEUES -> "queues";
      case INDEX -> "messages";
      case BODIES -> "bodies";
      case KEYS -> "keys";
    };
  }

  /**
   * The body of a message, empty if it has none.
   *
   * @throws JournalException if it is not there, not as long as it should be, or cannot be read
   */
  public byte[] body(Entry.Message message) throws JournalException {
    if (message.length() == 0) {
      return new byte[0];
    }
    try {
      byte[] body = store.get(Family.BODIES, new Octets().eight(message.body()).toArray());
      if (body == null) {
        throw lost(message, "is not there", null);
      }
      if (body.length != message.length()) {
        throw lost(message, "has " + body.length + " bytes and not " + message.length(), null);
      }
      return body;
    } catch (RocksDBException e) {
      throw lost(message, "cannot be read: " + Damage.why(e), e);
    }
  }

  private static JournalException lost(Entry.Message message, String why, Exception cause) {
    return new JournalException("the body of message " + message.id() + " " + why, cause);
  }

  /** Puts a sentence on what is damaged together with what to do. */
  public static JournalException damaged(String what) {
    return new JournalException(what + ". " + Damage.REMEDY);
  }

  @Override
  public void close() throws JournalException {
    store.close();
    try {
      directory.close();
    } catch (IOException e) {
      throw new JournalException("cannot give back the lock: " + e.getMessage(), e);
    }
  }
}
