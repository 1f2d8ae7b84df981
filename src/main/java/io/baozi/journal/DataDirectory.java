package io.baozi.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directory that all data of a server is in: made if it is not there, of a format that is
 * understood, and this process's alone until it is closed.
 */
final class DataDirectory implements AutoCloseable {
  /**
   * Those that this process has. Asked before the lock is touched: an operating system may drop a
   * process's lock as soon as the process closes any channel of that file.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private static final String STOP = "stop it first";

  private final Path path;

  /** Null, as the lock, if there is none and none can be made. */
  private final FileChannel channel;

  private final FileLock lock;

  private DataDirectory(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the directory.
   *
   * @throws JournalException if it cannot be made or written, is in use, or is of another format
   */
  static DataDirectory open(Path directory) throws JournalException {
    return taken(
        made(directory),
        "stop it, or give this server another data.dir",
        DataDirectory::locked,
        taken -> {
          Format.check(taken.path, taken.journal());
          Files.createDirectories(taken.journal());
        });
  }

  /**
   * Takes one that is there, in which nothing changes but who holds its lock.
   *
   * @throws JournalException if it is none, is in use, or is of another format
   */
  static DataDirectory existing(Path directory) throws JournalException {
    Path path = found(directory);
    return taken(path, STOP, DataDirectory::locked, taken -> Format.require(path));
  }

  /**
   * Takes one that is there to read it. It need not be writable; if it is not, whoever can write to
   * it is kept away all the same, as long as it has a lock.
   *
   * @throws JournalException if it is none, is in use, or is of another format
   */
  static DataDirectory readable(Path directory) throws JournalException {
    Path path = found(directory);
    return taken(path, STOP, DataDirectory::lockedToRead, taken -> Format.require(path));
  }

  /** A way to keep all others away. */
  private interface Locking {
    DataDirectory of(Path path, String otherwise) throws IOException;
  }

  /** What has to be so of a directory that was taken. */
  private interface Demand {
    void of(DataDirectory taken) throws IOException;
  }

  /**
   * Takes one.
   *
   * @param otherwise what to do if it is in use
   */
  private static DataDirectory taken(Path path, String otherwise, Locking locking, Demand demand)
      throws JournalException {
    if (!OURS.add(path)) {
      throw inUse(path, Long.toString(ProcessHandle.current().pid()), otherwise);
    }
    DataDirectory taken = null;
    try {
      taken = locking.of(path, otherwise);
      demand.of(taken);
      return taken;
    } catch (IOException e) {
      release(path, taken);
      throw told(path, e);
    }
  }

  /** Where RocksDB's files are. */
  Path journal() {
    return path.resolve("journal");
  }

  /** Where the log is: what may not have come into RocksDB's files yet. */
  Path log() {
    return path.resolve("log");
  }

  /** Where the native library is. */
  Path natives() {
    return path.resolve("native");
  }

  /** Where that is kept which a crash has torn. */
  Path torn() {
    return path.resolve("torn");
  }

  Path path() {
    return path;
  }

  /**
   * Forces the names in a directory, so that what was made or renamed in it outlives a power cut.
   */
  static void force(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (lock != null) {
        lock.release();
      }
    } finally {
      OURS.remove(path);
    }
  }

  private static Path made(Path directory) throws JournalException {
    try {
      Files.createDirectories(directory);
      return directory.toRealPath();
    } catch (FileAlreadyExistsException e) {
      throw new JournalException(
          e.getFile() + ", of data.dir " + directory + ", is there and not a directory", e);
    } catch (IOException e) {
      throw told(directory.toAbsolutePath(), e);
    }
  }

  private static Path found(Path directory) throws JournalException {
    Path path = directory.toAbsolutePath().normalize();
    if (!Files.isDirectory(path)) {
      throw new JournalException("there is no data directory " + path);
    }
    if (!Files.exists(path.resolve("format")) && !Files.exists(path.resolve("journal"))) {
      throw new JournalException(
          path + " is not a data directory: it has neither the file format nor the folder journal");
    }
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw told(path, e);
    }
  }

  @SuppressWarnings("resource") // the channel is closed with the directory
  private static DataDirectory locked(Path path, String otherwise) throws IOException {
    Path file = path.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(path, Files.readString(file).trim(), otherwise);
      }
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
      return new DataDirectory(path, channel, lock);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @SuppressWarnings("resource") // the channel is closed with the directory
  private static DataDirectory lockedToRead(Path path, String otherwise) throws IOException {
    try {
      return locked(path, otherwise);
    } catch (FileSystemException notWritable) {
      Path file = path.resolve("lock");
      if (!Files.exists(file)) {
        return new DataDirectory(path, null, null);
      }
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      try {
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
        if (lock == null) {
          throw inUse(path, Files.readString(file).trim(), otherwise);
        }
        return new DataDirectory(path, channel, lock);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  }

  private static void release(Path path, DataDirectory taken) {
    try {
      if (taken != null) {
        taken.close();
      }
    } catch (IOException ignored) { // what is told is why it was taken in vain
      OURS.remove(path);
    }
    OURS.remove(path);
  }

  private static JournalException inUse(Path path, String process, String otherwise) {
    return new JournalException(
        "data directory "
            + path
            + " is in use by process "
            + (process.isEmpty() ? "of unknown id" : process)
            + " (lock); "
            + otherwise);
  }

  private static JournalException told(Path path, IOException e) {
    if (e instanceof JournalException already) {
      return already;
    }
    String why = e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
    return new JournalException(
        "cannot write to data directory "
            + path
            + " ("
            + why
            + "): make it writable, or set data.dir to one that is",
        e);
  }
}
