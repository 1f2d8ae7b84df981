package io.baozi.journal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What is said of a store that cannot be used. */
final class Damage {
  /** What to do about data that is gone. */
  static final String REMEDY =
      "Restore the data directory from a copy, or rescue what can be read by `baozi data export"
          + " --salvage`; `baozi data verify` tells all that is damaged.";

  private Damage() {}

  /** Of one that does not open. */
  static JournalException opening(Path directory, RocksDBException e) {
    return isCorruption(e)
        ? new JournalException(
            "the store in " + directory + " is damaged: " + why(e) + ". " + REMEDY, e)
        : new JournalException(
            "the store in "
                + directory
                + " cannot be opened: "
                + why(e)
                + ". Mend this (files not readable, disk full?) and try again. Or are files lost? "
                + REMEDY,
            e);
  }

  /** Of one that does not open even to be read as far as it can be. */
  static JournalException beyondRescue(Path directory, RocksDBException e) {
    return new JournalException(
        "the store in "
            + directory
            + " cannot be opened even to rescue what can be read: "
            + why(e)
            + ". Restore the data directory from a copy.",
        e);
  }

  /** Of rows that cannot be read, or mean nothing. */
  static JournalException reading(Path directory, Family family, Exception e) {
    return new JournalException(
        "the store in "
            + directory
            + " is damaged: its "
            + family.name().toLowerCase(Locale.ROOT)
            + " cannot be read: "
            + (e instanceof RocksDBException told ? why(told) : e.toString())
            + ". "
            + REMEDY,
        e);
  }

  /** What RocksDB says of it, without the full stop that it may end with. */
  static String why(RocksDBException e) {
    String why = e.getMessage() == null ? String.valueOf(e.getStatus()) : e.getMessage();
    return why.strip().replaceFirst("[.]$", "").replace("  ", " ");
  }

  /**
   * What the system says of it; some of its exceptions name a file in their message, and no more.
   */
  static String why(IOException e) {
    boolean isBare = e instanceof FileSystemException named && named.getReason() == null;
    return isBare || e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private static boolean isCorruption(RocksDBException e) {
    return e.getStatus() != null && e.getStatus().getCode() == Status.Code.Corruption;
  }
}
