package io.baozi.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/**
 * A data directory that no server uses, and none can while this is open. Nothing in it changes but
 * who holds its lock, and it need not be writable. Used by one thread.
 */
public final class Archive implements AutoCloseable {
  /** What a store may take outside the heap while no server runs. */
  static final long MEMORY = 128L << 20;

  private final DataDirectory directory;
  private final List<LogFiles.Ailment> ailments;
  private Store store; // null until it is opened

  private Archive(DataDirectory directory, List<LogFiles.Ailment> ailments) {
    this.directory = directory;
    this.ailments = ailments;
  }

  /**
   * Takes a directory, and reads its log.
   *
   * @throws JournalException if it is none, is in use, or is of another format
   */
  public static Archive take(Path path) throws IOException {
    DataDirectory directory = DataDirectory.readable(path);
    try {
      return new Archive(directory, LogFiles.of(directory.log()).ailments());
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** Where it really is. */
  public Path path() {
    return directory.path();
  }

  /** What the next start will drop from the end of the log, which a crash has torn: in bytes. */
  public long torn() {
    return ailments.stream()
        .filter(LogFiles.Ailment::isTorn)
        .mapToLong(LogFiles.Ailment::torn)
        .sum();
  }

  /** Files of the log that no start gets past. */
  public List<Fault> damagedLogs() {
    return ailments.stream()
        .filter(ailment -> !ailment.isTorn())
        .map(LogFiles.Ailment::fault)
        .toList();
  }

  /**
   * Opens it to be read, as the next start will find it.
   *
   * @throws JournalException if a start would be refused, too
   */
  public void open() throws JournalException {
    for (LogFiles.Ailment ailment : ailments) {
      if (!ailment.isTorn()) {
        throw ailment.refusal();
      }
    }
    open(Opening.WHOLE);
  }

  /**
   * Opens it to be read although it is damaged.
   *
   * @return what the log lacks between the store and the first that it has
   * @throws JournalException if not even that is possible
   */
  public Optional<Fault> salvage() throws JournalException {
    open(Opening.SALVAGE);
    return store.gap();
  }

  /**
   * The end of the store's account of its files, if a crash has torn it: what changes the directory
   * mends that, and nothing else reads it before.
   */
  public Optional<Fault> tornAccount() throws IOException {
    return Manifest.torn(directory.journal()).map(Manifest::fault);
  }

  private void open(Opening opening) throws JournalException {
    NativeLibrary.loadFrom(directory.natives());
    try {
      Optional<Manifest> torn = Manifest.torn(directory.journal());
      if (torn.isPresent()) {
        throw torn.get().refusal();
      }
      store = Store.openToRead(directory, MEMORY, opening);
    } catch (RocksDBException e) {
      throw opening == Opening.SALVAGE
          ? Damage.beyondRescue(directory.journal(), e)
          : Damage.opening(directory.journal(), e);
    } catch (JournalException e) {
      throw e;
    } catch (IOException e) {
      throw new JournalException("the log in " + directory.log() + " cannot be read: " + e, e);
    }
  }

  /** About how many messages it has. */
  public long messages() {
    try {
      return store.rows(Family.INDEX);
    } catch (RocksDBException e) {
      return 0; // an estimate that fails is no worse than a wrong one
    }
  }

  /**
   * A file of rows in their order.
   *
   * @param size in bytes
   */
  public record Table(Path file, long size) {}

  /** All files of rows that the store has. */
  public List<Table> tables() {
    return store.tables().stream()
        .map(table -> new Table(file(table), table.size()))
        .sorted(Comparator.comparing(Table::file))
        .toList();
  }

  private Path file(LiveFileMetaData table) {
    return directory.journal().resolve(table.fileName().replaceFirst("^/", ""));
  }

  /** Reads a file of rows against its checksums. */
  public Optional<Fault> check(Table table) {
    try (Options options = new Options();
        SstFileReader reader = new SstFileReader(options)) {
      reader.open(table.file().toString());
      reader.verifyChecksum();
      return Optional.empty();
    } catch (RocksDBException e) {
      return Optional.of(new Fault(table.file().toString(), Damage.why(e)));
    }
  }

  /** What entries are handed to. */
  public interface Reader {
    /** Takes one. */
    void entry(Entry entry) throws IOException;
  }

  /**
   * Hands over all entries in the order in which a start has them: counters, queues, messages
   * without their bodies, keys.
   *
   * @param unreadable is told of what is passed over
   * @throws IOException of the reader's
   */
  public void read(Reader to, Consumer<Fault> unreadable) throws IOException {
    for (Family family : Rows.order()) {
      new Reading(store, family, to, unreadable).run();
    }
  }

  /** Bodies in the order of these ids; null for those that are not there or cannot be read. */
  public List<byte[]> bodies(long[] ids) {
    List<byte[]> keys = new ArrayList<>(ids.length);
    for (long id : ids) {
      keys.add(key(id));
    }
    try {
      return store.get(Family.BODIES, keys);
    } catch (RocksDBException e) {
      return keys.stream().map(this::body).toList();
    }
  }

  private byte[] body(byte[] key) {
    try {
      return store.get(Family.BODIES, key);
    } catch (RocksDBException e) {
      return null; // who asks learns why from whyMissing
    }
  }

  /** Why a body was not to be had. */
  public String whyMissing(long body) {
    try {
      return store.get(Family.BODIES, key(body)) == null ? "is not there" : "is there";
    } catch (RocksDBException e) {
      return "cannot be read: " + Damage.why(e);
    }
  }

  private static byte[] key(long body) {
    return new Octets().eight(body).toArray();
  }

  /** Bytes that the files of its store take. */
  public long size() throws IOException {
    try (Stream<Path> files = Files.list(directory.journal())) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Override
  public void close() throws IOException {
    if (store != null) {
      store.close();
    }
    directory.close();
  }
}
