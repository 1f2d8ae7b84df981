package io.baozi.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The write-ahead logs of a store that is about to be opened. What a crash has torn at the end of
 * the newest is cut off, put aside and told; any other damage stops the start. RocksDB alone would
 * drop the one in silence, refuse the other without a word of what to do, and refuse a last record
 * of which all is there but wrong.
 *
 * <p>A batch that follows one that was not forced yet says so itself ({@link Batch#begin}): what is
 * damaged before nothing but such batches is what a power cut may take. Where nothing is ever
 * forced nobody can tell, and damage with anything whole behind it stops the start.
 */
final class LogFiles {
  private static final Logger LOG = System.getLogger(LogFiles.class.getName());

  private LogFiles() {}

  /**
   * Reads the logs of a directory.
   *
   * @param torn where to put what is cut off
   */
  static void mend(Path directory, Path torn) throws IOException {
    List<Ailment> ailments = look(directory);
    for (Ailment ailment : ailments) {
      if (!ailment.isTorn()) {
        throw ailment.refusal();
      }
    }
    for (Ailment ailment : ailments) {
      cut(ailment.found(), torn);
    }
  }

  /** A log that is not whole. */
  record Ailment(LogFile.Finding found, boolean isNewest) {
    /** Whether a crash leaves it so; if not, it is damaged. */
    boolean isTorn() {
      return isNewest && found.loss() < 0;
    }

    long torn() {
      return found.size() - found.damage();
    }

    JournalException refusal() {
      return new JournalException(
          found.file()
              + " is damaged at byte "
              + found.damage()
              + ", "
              + behind()
              + ". "
              + Damage.REMEDY);
    }

    Fault fault() {
      return new Fault(
          found.file() + " at byte " + found.damage(), "the log is damaged, " + behind());
    }

    private String behind() {
      return "with kept data "
          + (isNewest ? "from byte " + found.loss() : "in newer logs")
          + " behind it: this is not what a crash leaves, but a fault of the disk or of who wrote"
          + " there";
    }
  }

  /** Reads the logs of a directory; those that are not whole. */
  static List<Ailment> look(Path directory) throws IOException {
    List<Path> logs = logs(directory);
    List<Ailment> ailments = new ArrayList<>();
    for (int i = 0; i < logs.size(); i++) {
      LogFile.Finding found = LogFile.read(logs.get(i));
      if (!found.isWhole()) {
        ailments.add(new Ailment(found, i == logs.size() - 1));
      }
    }
    return ailments;
  }

  /** Those that hold anything, oldest first. */
  private static List<Path> logs(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d+\\.log"))
          .filter(file -> file.toFile().length() > 0)
          .sorted(Comparator.comparingLong(LogFiles::number))
          .toList();
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  private static void cut(LogFile.Finding found, Path torn) throws IOException {
    long bytes = found.size() - found.damage();
    Files.createDirectories(torn);
    Path aside = torn.resolve(found.file().getFileName() + ".torn");
    try (FileChannel log =
            FileChannel.open(found.file(), StandardOpenOption.WRITE, StandardOpenOption.READ);
        FileChannel copy =
            FileChannel.open(
                aside,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      log.transferTo(found.damage(), bytes, copy);
      log.truncate(found.damage());
      log.force(true);
    }
    LOG.log(
        Level.WARNING,
        "{0}: the last write was torn by a crash; dropped {1} bytes from byte {2} (now in {3})."
            + " It was never acknowledged as synced.",
        found.file(),
        Long.toString(bytes),
        Long.toString(found.damage()),
        aside);
  }
}
