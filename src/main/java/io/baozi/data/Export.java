package io.baozi.data;

import io.baozi.frame.Header;
import io.baozi.journal.Archive;
import io.baozi.journal.Entry;
import io.baozi.journal.Fault;
import io.baozi.journal.JournalException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All of a data directory in one file: Baozi frames, of which the first says what it is and the
 * last how many there are.
 */
public final class Export {
  /** Of the form that is written, and read by {@link Import}. */
  static final int FORMAT = 1;

  private static final byte[] NONE = {};
  private static final String DURABLE = "{\"durable\":true}";
  private static final int BUFFER = 1 << 16;

  /**
   * What it came to.
   *
   * @param bytes of all bodies
   * @param problems how much was left out or put right, if that was asked for
   */
  public record Report(long queues, long messages, long bytes, long problems) {}

  private final Archive archive;
  private final FramesOut out;
  private final Problems problems; // null if there may be none
  private final Watcher watcher;
  private final Set<Long> queues = new HashSet<>();
  private long messages;
  private long bytes;

  private Export(Archive archive, OutputStream out, Problems problems, Watcher watcher) {
    this.archive = archive;
    this.out = new FramesOut(out);
    this.problems = problems;
    this.watcher = watcher;
  }

  /**
   * Writes a directory that no server uses to a stream.
   *
   * @param problems is told what is left out of a damaged directory; null to refuse one
   * @throws JournalException if it is no data directory, is in use, or is of another format
   */
  public static Report run(
      Path directory, OutputStream stream, Consumer<Problem> problems, Watcher watcher)
      throws IOException {
    try (Archive archive = Archive.take(directory)) {
      return run(archive, stream, problems, watcher);
    }
  }

  /** Writes it to a file, which is there when it is whole and on disk, and not before. */
  public static Report run(Path directory, Path file, Consumer<Problem> problems, Watcher watcher)
      throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".part");
    try (Archive archive = Archive.take(directory)) {
      Report report = write(archive, fresh, problems, watcher);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(file.toAbsolutePath().getParent());
      return report;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static Report write(
      Archive archive, Path fresh, Consumer<Problem> problems, Watcher watcher) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      return write(archive, channel, problems, watcher);
    } catch (JournalException | FileSystemException e) {
      throw e; // which name what they are about
    } catch (IOException e) {
      throw new IOException(fresh + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static Report write(
      Archive archive, FileChannel channel, Consumer<Problem> problems, Watcher watcher)
      throws IOException {
    Report report = run(archive, Channels.newOutputStream(channel), problems, watcher);
    channel.force(true);
    return report;
  }

  /** Forces the names in a directory. */
  static void force(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private static Report run(
      Archive archive, OutputStream stream, Consumer<Problem> problems, Watcher watcher)
      throws IOException {
    OutputStream buffered = new BufferedOutputStream(stream, BUFFER);
    Problems left = problems == null ? null : new Problems(problems);
    Export export = new Export(archive, buffered, left, watcher);
    export.run();
    buffered.flush();
    return export.report();
  }

  private void run() throws IOException {
    open();
    watcher.begin("exporting", Watcher.Unit.MESSAGES, archive.messages());
    out.add(Header.of("baozi", "export", "format", FORMAT, "at", System.currentTimeMillis()), NONE);
    Bodies bodies = new Bodies(archive, this::write);
    if (problems == null) {
      Sound.read(archive, bodies);
    } else {
      archive.read(bodies, fault -> problems.add("rows", leftOut(fault)));
    }
    bodies.end();
    out.add(Header.of("kind", "end", "frames", out.count() + 1, "messages", messages), NONE);
    if (problems != null) {
      problems.end();
    }
  }

  private static Problem leftOut(Fault fault) {
    return Problem.lost(fault.place(), fault.what() + "; it was left out");
  }

  private void open() throws JournalException {
    if (problems == null) {
      archive.open();
    } else {
      archive.damagedLogs().forEach(fault -> problems.add("logs", Problem.lost(fault)));
      archive.salvage().ifPresent(fault -> problems.add("logs", Problem.lost(fault)));
    }
  }

  private void write(Entry entry, byte[] body) throws IOException {
    if (entry instanceof Entry.Message message) {
      watcher.step(1);
      write(message, body);
    } else if (entry instanceof Entry.Key key) {
      if (queues.contains(key.queue())) {
        out.add(EntryForm.header(key), NONE);
      } else {
        problem("keys", "key " + key.key(), "is of a queue that is not there; it was left out");
      }
    } else if (entry instanceof Entry.Queue queue) {
      queues.add(queue.id());
      out.add(EntryForm.header(sound(queue)), NONE);
    } else if (!(entry instanceof Entry.BodyLent)) { // of a message that no start brings back
      out.add(EntryForm.header(entry), NONE);
    }
  }

  private Entry.Queue sound(Entry.Queue queue) throws JournalException {
    if (EntryForm.isObject(queue.settings().getBytes(StandardCharsets.UTF_8))) {
      return queue;
    }
    problem(
        "queues", "queue " + queue.name(), "its settings are no JSON object; they were left out");
    return new Entry.Queue(queue.id(), queue.name(), DURABLE, queue.paused());
  }

  private void write(Entry.Message message, byte[] body) throws IOException {
    String place = "message " + message.id();
    if (body == null) {
      String why = archive.whyMissing(message.body());
      problem("messages without their body", place, "its body " + why + "; it was left out");
      return;
    }
    if (body.length != message.length()) {
      String what = "its body has %d bytes, not %d".formatted(body.length, message.length());
      problem("bodies of another length", place, what);
    }
    if (queues.add(message.queue())) {
      stand(message.queue());
    }
    boolean isSound = message.headers() == null || EntryForm.isObject(message.headers());
    if (!isSound) {
      problem("headers", place, "its headers are no JSON object; they were left out");
    }
    messages++;
    bytes += body.length;
    out.add(EntryForm.header(message, isSound ? message.headers() : null), body);
  }

  /** A queue whose row is lost, and its messages are not: one of another name has them. */
  private void stand(long queue) throws IOException {
    String name = "lost-" + queue;
    problem(
        "queues", "queue number " + queue, "is not there; its messages were put in queue " + name);
    out.add(EntryForm.header(new Entry.Queue(queue, name, DURABLE, true)), NONE);
  }

  private void problem(String kind, String place, String what) throws JournalException {
    if (problems == null) {
      throw Sound.damaged(place + ": " + what);
    }
    problems.add(kind, Problem.lost(place, what));
  }

  private Report report() {
    return new Report(queues.size(), messages, bytes, problems == null ? 0 : problems.count());
  }
}
