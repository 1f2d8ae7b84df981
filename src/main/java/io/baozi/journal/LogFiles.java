package io.baozi.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a log that nobody writes. What a crash has torn at the end of the newest is not
 * read; any other damage stops the start.
 *
 * <p>A record that follows one that was not forced yet says so itself: what is damaged before
 * nothing but such records is what a power cut may take. Where nothing is ever forced nobody can
 * tell, and damage with anything whole behind it stops the start. A file is forced before the next
 * is begun, so that only the newest may be torn.
 */
final class LogFiles {
  private static final Logger LOG = System.getLogger(LogFiles.class.getName());

  private final Path directory;

  /** Those that are needed, oldest first. */
  private final SortedMap<LogName, Path> files;

  private LogFiles(Path directory, SortedMap<LogName, Path> files) {
    this.directory = directory;
    this.files = files;
  }

  /** Those of a directory, which need not be there. */
  static LogFiles of(Path directory) throws IOException {
    SortedMap<LogName, Path> files = all(directory);
    LogName start = null;
    for (LogName name : files.keySet()) {
      start = name.isStart() ? name : start;
    }
    return new LogFiles(directory, start == null ? files : files.tailMap(start));
  }

  /**
   * All, needed or not, oldest first.
   *
   * @throws JournalException if something is called like one that cannot be one
   */
  static SortedMap<LogName, Path> all(Path directory) throws IOException {
    SortedMap<LogName, Path> files = new TreeMap<>();
    if (Files.exists(directory)) {
      requireDirectory(directory);
      for (Path file : list(directory)) {
        Optional<LogName> name = LogName.of(file);
        if (name.isPresent()) {
          requireFile(file);
          requireAlone(file, files.put(name.get(), file));
        }
      }
    }
    return files;
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.sorted().toList();
    }
  }

  private static void requireDirectory(Path directory) throws JournalException {
    if (!Files.isDirectory(directory)) {
      throw new JournalException(
          directory + " is not a directory, but called like that of the log: move it away");
    }
  }

  private static void requireFile(Path file) throws JournalException {
    if (Files.isDirectory(file)) {
      throw new JournalException(
          file + " is a directory, but called like a file of the log: move it away");
    }
  }

  private static void requireAlone(Path file, Path other) throws JournalException {
    if (other != null) {
      throw new JournalException(
          other
              + " and "
              + file
              + " have the same place in the log: move away the one that is a copy, or was renamed");
    }
  }

  /** Refuses damage; copies what a crash has torn, and tells of it. */
  void mend(Path torn) throws IOException {
    List<Ailment> ailments = ailments();
    for (Ailment ailment : ailments) {
      if (!ailment.isTorn()) {
        throw ailment.refusal();
      }
    }
    for (Ailment ailment : ailments) {
      putAside(ailment.found(), torn);
    }
  }

  /** A file that is not whole. */
  record Ailment(LogFile.Finding found, boolean isNewest) {
    /** Whether a crash leaves it so; if not, it is damaged. */
    boolean isTorn() {
      return isNewest && found.loss() < 0;
    }

    long torn() {
      return found.torn();
    }

    JournalException refusal() {
      return new JournalException(
          found.file()
              + " is damaged at byte "
              + found.end()
              + ", "
              + behind()
              + ". "
              + Damage.REMEDY);
    }

    Fault fault() {
      return new Fault(found.file() + " at byte " + found.end(), "the log is damaged, " + behind());
    }

    private String behind() {
      return "with kept data "
          + (isNewest ? "from byte " + found.loss() : "in newer files")
          + " behind it: this is not what a crash leaves, but a fault of the disk or of who wrote"
          + " there";
    }
  }

  /** Those that are not whole. */
  List<Ailment> ailments() throws IOException {
    List<Ailment> ailments = new ArrayList<>();
    Optional<LogFile.Finding> before = Optional.empty();
    for (LogName name : files.keySet()) {
      before
          .filter(found -> found.next() != name.first())
          .ifPresent(found -> ailments.add(new Ailment(found, false)));
      before = Optional.of(LogFile.find(files.get(name), name));
    }
    before
        .filter(found -> found.torn() > 0 || found.loss() >= 0)
        .ifPresent(found -> ailments.add(new Ailment(found, true)));
    return ailments;
  }

  /**
   * Hands over all records behind one, up to where the newest file ends.
   *
   * @throws JournalException if they do not begin there, or some of them are missing between others
   */
  <E extends Exception> void replay(long behind, LogFile.Reader<E> to) throws IOException, E {
    requireNext(behind);
    LogName before = null;
    long next = behind + 1;
    for (LogName name : files.keySet()) {
      if (before != null && next != name.first() && name.first() > behind + 1) {
        throw new Ailment(LogFile.find(files.get(before), before), false).refusal();
      }
      next = LogFile.read(files.get(name), name, behind(behind, to));
      before = name;
    }
  }

  /** Hands over all records behind one that can be read. */
  <E extends Exception> void salvage(long behind, LogFile.Reader<E> to) throws IOException, E {
    for (LogName name : files.keySet()) {
      LogFile.salvage(files.get(name), name, behind(behind, to));
    }
  }

  private static <E extends Exception> LogFile.Reader<E> behind(long behind, LogFile.Reader<E> to) {
    return (number, batch) -> {
      if (number > behind) {
        to.record(number, batch);
      }
    };
  }

  /** What is missing behind a record, if anything is before the first that is there. */
  Optional<Fault> gap(long behind) {
    boolean lacks = files.isEmpty() ? behind > 0 : files.firstKey().first() > behind + 1;
    return lacks
        ? Optional.of(
            new Fault(
                "files are missing in " + directory,
                "the store ends with write "
                    + behind
                    + ", the log begins with "
                    + (files.isEmpty() ? "none" : files.firstKey().first())))
        : Optional.empty();
  }

  private void requireNext(long behind) throws JournalException {
    Optional<Fault> gap = gap(behind);
    if (gap.isPresent()) {
      throw new JournalException(gap.get().sentence() + ". " + Damage.REMEDY);
    }
  }

  private static void putAside(LogFile.Finding found, Path torn) throws IOException {
    Files.createDirectories(torn);
    Path aside = torn.resolve(found.file().getFileName() + ".torn");
    try (FileChannel log = FileChannel.open(found.file(), StandardOpenOption.READ);
        FileChannel copy =
            FileChannel.open(
                aside,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      log.transferTo(found.end(), found.torn(), copy);
    }
    LOG.log(
        Level.WARNING,
        "{0}: the last write was torn by a crash; dropped {1} bytes from byte {2} (now in {3})."
            + " It was never acknowledged as synced.",
        found.file(),
        Long.toString(found.torn()),
        Long.toString(found.end()),
        aside);
  }
}
