package io.baozi.journal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * RocksDB's machine code. RocksDB would unpack it into the directory for temporary files at each
 * start, where a killed process leaves it behind; here it lies in the data directory, once.
 */
final class NativeLibrary {
  private static boolean loaded; // guarded by the class

  private NativeLibrary() {}

  /** Loads it into this process if it is not there yet, from this folder, where it is put first. */
  static synchronized void load(Path folder) throws JournalException {
    if (!loaded) {
      String name = name();
      try {
        unpack(name, folder);
        RocksDB.loadLibrary(List.of(folder.toString()));
        loaded = true;
      } catch (IOException e) {
        throw new JournalException("cannot put RocksDB's library into " + folder + ": " + e, e);
      } catch (UnsatisfiedLinkError e) {
        throw new JournalException(
            folder.resolve(wanted())
                + " cannot be loaded ("
                + e.getMessage()
                + "): the data directory must allow to execute what is in it",
            e);
      }
    }
  }

  /**
   * Loads it from this folder if it is there, which is not to be changed, or from one of its own.
   */
  static synchronized void loadFrom(Path folder) throws JournalException {
    if (loaded || isIn(folder)) {
      load(folder);
      return;
    }
    try {
      Path own = Files.createTempDirectory("baozi");
      try {
        load(own);
      } finally {
        Files.deleteIfExists(own.resolve(wanted()));
        Files.delete(own);
      }
    } catch (JournalException e) {
      throw e;
    } catch (IOException e) {
      throw new JournalException("cannot put RocksDB's library into a temporary folder: " + e, e);
    }
  }

  private static boolean isIn(Path folder) throws JournalException {
    URL packed = RocksDB.class.getClassLoader().getResource(name());
    try {
      URLConnection entry = packed.openConnection();
      try (InputStream in = entry.getInputStream()) {
        return in != null && isWhole(folder.resolve(wanted()), entry);
      }
    } catch (IOException e) {
      return false; // it is put elsewhere then, which tells why if that fails too
    }
  }

  private static String name() throws JournalException {
    String name;
    try {
      name = Environment.getJniLibraryFileName("rocksdb");
    } catch (UnsupportedOperationException e) {
      throw unknown("", e);
    }
    if (RocksDB.class.getClassLoader().getResource(name) == null) {
      throw unknown(" (" + name + ")", null);
    }
    return name;
  }

  /** The name under which RocksDB looks for it in a folder, which is not that in its jar. */
  private static String wanted() {
    return Environment.getJniLibraryFileName("rocksdbjni");
  }

  private static JournalException unknown(String name, Throwable cause) {
    return new JournalException(
        "there is no RocksDB library for "
            + System.getProperty("os.name")
            + " on "
            + System.getProperty("os.arch")
            + name
            + ": set journal.enabled to false, or run on Linux (glibc) or macOS, x64 or arm64",
        cause);
  }

  private static void unpack(String name, Path folder) throws IOException {
    Path file = folder.resolve(wanted());
    URL packed = RocksDB.class.getClassLoader().getResource(name);
    URLConnection entry = packed.openConnection();
    try (InputStream in = entry.getInputStream()) {
      if (!isWhole(file, entry)) {
        Files.createDirectories(folder);
        put(in, file);
      }
    }
  }

  private static boolean isWhole(Path file, URLConnection packed) throws IOException {
    return Files.exists(file) && Files.size(file) == packed.getContentLengthLong();
  }

  /** Under its name is nothing but the whole: half a library would take the process down. */
  private static void put(InputStream in, Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
