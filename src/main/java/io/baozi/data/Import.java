package io.baozi.data;

import io.baozi.journal.Entry;
import io.baozi.journal.JournalException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A data directory made of what {@link Export} wrote. It is made beside its place and takes its
 * name when it is whole; or in a folder of a directory that is there, which may be a mount point.
 */
public final class Import {
  /**
   * What it came to.
   *
   * @param bytes of all bodies
   */
  public record Report(long queues, long messages, long bytes) {}

  /** Where it is made until it is whole. */
  private static final String FRESH = "importing";

  private static final String FORMAT = "format";

  /** What may be in an empty directory: of an import that was killed, and of a file system. */
  private static final Set<String> OF_NOBODY = Set.of(FRESH, "lost+found");

  private final FramesIn in;
  private final Watcher watcher;
  private final Loading loading;
  private final Set<Long> queues = new HashSet<>();
  private final Map<String, Long> counters = new HashMap<>();
  private long messages;
  private long bytes;

  private Import(FramesIn in, Loading loading, Watcher watcher) {
    this.in = in;
    this.loading = loading;
    this.watcher = watcher;
  }

  /**
   * Makes a data directory.
   *
   * @param name of the stream, for errors
   * @param size of the stream in bytes, 0 if nobody knows
   * @param directory not there yet, or empty
   * @throws JournalException if the stream is damaged, or the directory cannot be made
   */
  public static Report run(
      InputStream stream, String name, long size, Path directory, Watcher watcher)
      throws IOException {
    Path place = directory.toAbsolutePath().normalize();
    requireEmpty(place);
    boolean isThere = Files.exists(place);
    Path fresh =
        isThere ? place.resolve(FRESH) : place.resolveSibling(place.getFileName() + "." + FRESH);
    remove(fresh);
    try {
      watcher.begin("importing", Watcher.Unit.BYTES, size);
      Report report = load(new FramesIn(new BufferedInputStream(stream), name), fresh, watcher);
      if (isThere) {
        moveInto(place, fresh);
      } else {
        move(fresh, place);
      }
      return report;
    } finally {
      remove(fresh);
    }
  }

  private static Report load(FramesIn in, Path fresh, Watcher watcher) throws IOException {
    try (Loading loading = Loading.into(fresh)) {
      Import load = new Import(in, loading, watcher);
      load.run();
      return new Report(load.queues.size(), load.messages, load.bytes);
    }
  }

  private static void requireEmpty(Path directory) throws IOException {
    if (Files.exists(directory) && !isEmpty(directory)) {
      throw new JournalException(
          directory
              + " is there and not empty: an import makes a data directory of its own; name one"
              + " that is not there yet, or move this one away");
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.allMatch(file -> OF_NOBODY.contains(file.getFileName().toString()));
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      Export.force(to.getParent());
    } catch (FileSystemException e) {
      throw new JournalException(to + " was made by somebody else meanwhile", e);
    }
  }

  /** The format comes last: without it no server starts on what is there by then. */
  private static void moveInto(Path place, Path fresh) throws IOException {
    requireEmpty(place);
    List<Path> parts;
    try (Stream<Path> files = Files.list(fresh)) {
      parts = files.filter(file -> !file.endsWith(FORMAT)).toList();
    }
    for (Path part : parts) {
      Files.move(part, place.resolve(part.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
    Export.force(place);
    Files.move(fresh.resolve(FORMAT), place.resolve(FORMAT), StandardCopyOption.ATOMIC_MOVE);
    Export.force(place);
  }

  private static void remove(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void run() throws IOException {
    try {
      requireBeginning(in.next());
      FramesIn.Frame frame = next();
      while (!"end".equals(frame.header().text("kind"))) {
        take(EntryForm.entry(frame.header(), frame.body()));
        frame = next();
      }
      requireEnd(frame);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw in.damaged(e.getMessage());
    }
    for (Map.Entry<String, Long> counter : counters.entrySet()) {
      loading.add(new Entry.Counter(counter.getKey(), counter.getValue()));
    }
  }

  private FramesIn.Frame next() throws IOException {
    long before = in.offset();
    FramesIn.Frame frame = in.next();
    watcher.step(in.offset() - before);
    return frame;
  }

  private void requireBeginning(FramesIn.Frame frame) throws JournalException {
    if (!"export".equals(frame.header().text("baozi"))) {
      throw in.damaged("this is no file of `baozi data export`");
    }
    long format = EntryForm.integer(frame.header(), "format");
    if (format != Export.FORMAT) {
      throw in.damaged("it is of format " + format + ", but this version reads " + Export.FORMAT);
    }
  }

  private void requireEnd(FramesIn.Frame frame) throws IOException {
    if (EntryForm.integer(frame.header(), "frames") != frame.number()) {
      throw in.damaged("it says that it is frame " + EntryForm.integer(frame.header(), "frames"));
    }
    if (!in.isAtEnd()) {
      throw in.damaged("something follows it, and it is the last");
    }
  }

  private void take(Entry entry) throws IOException {
    if (entry instanceof Entry.Counter counter) {
      counters.merge(counter.name(), counter.value(), Math::max);
      return;
    }
    if (entry instanceof Entry.Queue queue) {
      queues.add(queue.id());
      counters.merge("queue", queue.id(), Math::max);
    } else if (entry instanceof Entry.Message message) {
      messages++;
      bytes += message.length();
      counters.merge("message", message.id(), Math::max);
    }
    loading.add(entry);
  }
}
