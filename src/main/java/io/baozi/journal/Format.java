package io.baozi.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** The file that says in which format a data directory is. */
final class Format {
  private static final int NUMBER = 2;

  /** The one before, which kept its log among the files of the store. */
  private static final int OLD = 1;

  private static final String NAME = "format";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Format() {}

  /** Reads it, or writes it into a directory that has no journal yet. */
  static void check(Path directory, Path journal) throws IOException {
    Path file = directory.resolve(NAME);
    if (Files.exists(file)) {
      judge(file);
    } else if (isEmpty(journal)) {
      write(file);
    } else {
      throw missing(file, journal);
    }
  }

  /** Reads that of a directory that is not brought from an old one to the present one. */
  static void require(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      throw missing(file, directory.resolve("journal"));
    }
    if (judge(file) == OLD) {
      throw new JournalException(
          file
              + " says format "
              + OLD
              + ": start a server of this version with it once, which makes it format "
              + NUMBER);
    }
  }

  /** Says that a directory is of the present format now. */
  static void settle(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (judge(file) == OLD) {
      write(file);
    }
  }

  private static JournalException missing(Path file, Path journal) {
    return new JournalException(
        file
            + " is missing, but "
            + journal
            + " is not empty: restore the whole data directory from a copy, or move "
            + journal
            + " away to start with nothing");
  }

  private static int judge(Path file) throws IOException {
    int number = number(file);
    if (number > NUMBER) {
      throw new JournalException(
          file
              + " says format "
              + number
              + ", but this version reads up to "
              + NUMBER
              + ": start it with the version that made it, or a newer one");
    }
    if (number < 1) {
      throw new JournalException(
          file
              + " cannot be read as {\"format\":"
              + NUMBER
              + "}: restore the whole data directory from a copy");
    }
    return number;
  }

  private static int number(Path file) throws IOException {
    try {
      JsonNode number = JSON.readTree(Files.readAllBytes(file)).path("format");
      return number.isInt() ? number.intValue() : 0;
    } catch (JsonProcessingException notJson) {
      return 0;
    }
  }

  private static boolean isEmpty(Path journal) throws IOException {
    if (!Files.exists(journal)) {
      return true;
    }
    try (Stream<Path> files = Files.list(journal)) {
      return files.findAny().isEmpty();
    }
  }

  private static void write(Path file) throws IOException {
    Path fresh = file.resolveSibling(NAME + ".new");
    String text =
        JSON.createObjectNode().put("format", NUMBER).put("madeBy", madeBy()).toString() + "\n";
    Files.writeString(fresh, text);
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    DataDirectory.force(file.getParent());
  }

  private static String madeBy() {
    String version = Format.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
