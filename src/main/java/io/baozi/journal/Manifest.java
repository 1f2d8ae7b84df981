package io.baozi.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.rocksdb.RocksDBException;

/**
 * RocksDB's account of its files, as far as it is whole. What a crash has torn at its end RocksDB
 * passes over if it is short or zeros, but not if it is other bytes: then it opens nothing. It was
 * not on disk, so that the log still has all that it told of.
 *
 * <p>The file (RocksDB's db/log_format.h) is blocks of 32 KiB with fragments: four bytes of
 * checksum, two of length, one of type, least significant first; and so many bytes. None reaches
 * from one block into the next; a rest too short for a fragment is zeros.
 */
final class Manifest {
  private static final Logger LOG = System.getLogger(Manifest.class.getName());
  private static final Pattern NAME = Pattern.compile("MANIFEST-\\d+");
  private static final int BLOCK = 32 << 10;
  private static final int HEAD = 7;
  private static final int LENGTH = 4;
  private static final int TYPE = 6;

  /** The last type of a fragment; the first is 1. */
  private static final int TYPES = 4;

  private final Path file;
  private final ByteBuffer bytes;

  private Manifest(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** That of a store, if a crash has torn it. */
  static Optional<Manifest> torn(Path store) throws IOException {
    Optional<Path> file = of(store).filter(Files::isRegularFile);
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(new Manifest(file.get(), Files.readAllBytes(file.get())))
            .filter(Manifest::isTorn);
  }

  /** The file that a store names, also if it is not there. */
  private static Optional<Path> of(Path store) throws IOException {
    Path current = store.resolve("CURRENT");
    if (!Files.exists(current)) {
      return Optional.empty();
    }
    String name = Files.readString(current, StandardCharsets.ISO_8859_1).trim();
    return NAME.matcher(name).matches()
        ? Optional.of(store.resolve(name))
        : Optional.empty(); // RocksDB says what is wrong with that
  }

  /**
   * Cuts off what a crash has torn, if it has; a copy of the whole is put aside.
   *
   * @throws JournalException if the log has not all that was cut off; then nothing is
   */
  static void mend(DataDirectory directory) throws IOException {
    restore(directory);
    Optional<Manifest> manifest = torn(directory.journal());
    if (manifest.isPresent()) {
      manifest.get().cut(directory);
    }
  }

  /** Has it be as it was, if the process ended before it was known whether it may be cut. */
  private static void restore(DataDirectory directory) throws IOException {
    Optional<Path> file = of(directory.journal());
    if (file.isPresent()) {
      Path unchecked = unchecked(directory, file.get());
      if (Files.exists(unchecked)) {
        write(file.get(), ByteBuffer.wrap(Files.readAllBytes(unchecked)), 0);
        Files.delete(unchecked);
      }
    }
  }

  /** Where the whole is until it is known whether it may be cut. */
  private static Path unchecked(DataDirectory directory, Path file) {
    return directory.torn().resolve(file.getFileName() + ".unchecked");
  }

  /** What is to be done about it, where nothing may be changed. */
  JournalException refusal() {
    return new JournalException(
        fault().sentence()
            + ": a start of the server mends that, and so does `baozi data compact`");
  }

  /** What is wrong with it. */
  Fault fault() {
    return new Fault(
        file.toString(), "the last write, from byte " + end() + " on, was torn by a crash");
  }

  private void cut(DataDirectory directory) throws IOException {
    int end = end();
    putAside(directory);
    write(file, ByteBuffer.allocate(0), end);
    try {
      requireAll(directory);
    } catch (RocksDBException | IOException e) {
      restore(directory);
      throw new JournalException(
          file
              + " is damaged from byte "
              + end
              + " on, and the log has not all that it told of. "
              + Damage.REMEDY,
          e);
    }
    Path aside = directory.torn().resolve(file.getFileName() + ".torn");
    Files.move(unchecked(directory, file), aside, StandardCopyOption.REPLACE_EXISTING);
    LOG.log(
        Level.WARNING,
        "{0}: the last write was torn by a crash; dropped {1} bytes from byte {2} (a copy is {3})."
            + " The log has what it told of.",
        file,
        Integer.toString(bytes.limit() - end),
        Integer.toString(end),
        aside);
  }

  /** On disk before anything is cut. */
  private void putAside(DataDirectory directory) throws IOException {
    Files.createDirectories(directory.torn());
    DataDirectory.force(directory.path());
    Path partial = directory.torn().resolve(file.getFileName() + ".partial");
    Files.deleteIfExists(partial);
    Files.createFile(partial);
    write(partial, bytes.duplicate().clear(), 0);
    Files.move(partial, unchecked(directory, file), StandardCopyOption.ATOMIC_MOVE);
    DataDirectory.force(directory.torn());
  }

  /**
   * Reads it before anything is opened that removes tables of which it does not tell: what was cut
   * off may have been on disk, and have rotted.
   */
  private static void requireAll(DataDirectory directory) throws RocksDBException, IOException {
    Store.openToRead(directory, Archive.MEMORY, Opening.WHOLE).close();
  }

  /** Has these be the last bytes of a file, from a place on. */
  private static void write(Path file, ByteBuffer last, int from) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(from).position(from);
      while (last.hasRemaining()) {
        channel.write(last);
      }
      channel.force(true);
    }
  }

  /**
   * Whether it ends with what RocksDB does not pass over; with something whole behind that, it is
   * damaged instead.
   */
  private boolean isTorn() {
    int end = end();
    return !isShort(end) && !isZero(end) && !isWholeBehind(end);
  }

  /** Whether a fragment that begins here would reach beyond the end. */
  private boolean isShort(int at) {
    int left = bytes.limit() - at;
    return left < HEAD || left < HEAD + length(at);
  }

  private boolean isZero(int from) {
    int at = from;
    while (at < bytes.limit() && bytes.get(at) == 0) {
      at++;
    }
    return at == bytes.limit();
  }

  /** Where the first fragment is, or would be, that is not whole. */
  private int end() {
    int at = begin(0);
    while (isWhole(at)) {
      at = begin(at + HEAD + length(at));
    }
    return Math.min(at, bytes.limit());
  }

  /** Where the next fragment begins behind the end of another. */
  private static int begin(int end) {
    int left = BLOCK - end % BLOCK;
    return left < HEAD ? end + left : end;
  }

  private boolean isWholeBehind(int end) {
    for (int at = end + 1; at < bytes.limit(); at++) {
      if (isWhole(at)) {
        return true;
      }
    }
    return false;
  }

  private boolean isWhole(int at) {
    if (at > bytes.limit() - HEAD) {
      return false;
    }
    int type = bytes.get(at + TYPE);
    int end = at % BLOCK + HEAD + length(at);
    return type >= 1
        && type <= TYPES
        && end <= BLOCK
        && length(at) <= bytes.limit() - HEAD - at
        && bytes.getInt(at) == checksum(at);
  }

  private int length(int at) {
    return Short.toUnsignedInt(bytes.getShort(at + LENGTH));
  }

  /** That of type and bytes, in the disguise in which RocksDB keeps it. */
  private int checksum(int at) {
    CRC32C sum = new CRC32C();
    sum.update(bytes.slice(at + TYPE, 1 + length(at)));
    return Integer.rotateRight((int) sum.getValue(), 15) + 0xa282ead8;
  }
}
