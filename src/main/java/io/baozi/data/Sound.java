package io.baozi.data;

import io.baozi.journal.Archive;
import io.baozi.journal.Fault;
import io.baozi.journal.JournalException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The reading of an archive that has to be sound: the first fault ends it. */
final class Sound {
  private static final String REMEDY =
      "; `baozi data verify` tells all that is damaged, `baozi data export --salvage` rescues what"
          + " can be read";

  private Sound() {}

  static void read(Archive archive, Archive.Reader to) throws IOException {
    try {
      archive.read(to, Sound::refuse);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void refuse(Fault fault) {
    throw new UncheckedIOException(damaged(fault.sentence()));
  }

  /** What is said of a directory in which this is wrong. */
  static JournalException damaged(String what) {
    return new JournalException(what + REMEDY);
  }
}
