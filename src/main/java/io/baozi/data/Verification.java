package io.baozi.data;

import io.baozi.journal.Archive;
import io.baozi.journal.Entry;
import io.baozi.journal.Fault;
import io.baozi.journal.JournalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One look at all of a data directory: its log, its checksums, and whether its rows agree. */
public final class Verification {
  /**
   * What was found.
   *
   * @param bytes of all bodies
   * @param torn bytes at the end of the log, which the next start drops
   * @param problems how many there are
   */
  public record Report(
      long queues, long messages, long bytes, long keys, long torn, long problems) {}

  private final Archive archive;
  private final Problems problems;
  private final Watcher watcher;
  private final Map<Long, String> queues = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Long> counters = new HashMap<>();
  private JournalException refusal; // null if it opens as it is, or that was not tried
  private long messages;
  private long bytes;
  private long keys;
  private long lastMessage;
  private long lastQueue;

  private Verification(Archive archive, Problems problems, Watcher watcher) {
    this.archive = archive;
    this.problems = problems;
    this.watcher = watcher;
  }

  /**
   * Verifies a directory that no server uses; nothing in it changes but who holds its lock.
   *
   * @param to is told of each problem as it is found
   * @throws JournalException if it is no data directory, is in use, or is of another format
   */
  public static Report run(Path directory, Consumer<Problem> to, Watcher watcher)
      throws IOException {
    try (Archive archive = Archive.take(directory)) {
      Verification verification = new Verification(archive, new Problems(to), watcher);
      verification.run();
      return verification.report();
    }
  }

  private void run() throws IOException {
    archive.damagedLogs().forEach(fault -> add("logs", fault));
    if (open()) {
      checkTables();
      checkRows();
    }
    problems.end();
  }

  private boolean open() throws IOException {
    Optional<Fault> torn = archive.tornAccount();
    torn.ifPresent(fault -> problems.add("store", Problem.torn(fault)));
    return torn.isEmpty() && (isWhole() || salvage());
  }

  private boolean isWhole() {
    if (!archive.damagedLogs().isEmpty()) {
      return false;
    }
    try {
      archive.open();
      return true;
    } catch (JournalException e) {
      refusal = e;
      return false;
    }
  }

  /** Opens what can be read of it, and tells why it does not open as it is. */
  private boolean salvage() {
    try {
      Optional<Fault> gap = archive.salvage();
      if (gap.isPresent()) {
        add("logs", gap.get());
      } else if (refusal != null) {
        add("store", place(), cause(refusal));
      }
      return true;
    } catch (JournalException e) {
      problems.add("store", Problem.beyondRescue(place(), cause(refusal == null ? e : refusal)));
      return false;
    }
  }

  private String place() {
    return archive.path().toString();
  }

  private static String cause(JournalException e) {
    return "it cannot be opened: "
        + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
  }

  private void checkTables() {
    var tables = archive.tables();
    watcher.begin(
        "checksums", Watcher.Unit.BYTES, tables.stream().mapToLong(Archive.Table::size).sum());
    for (Archive.Table table : tables) {
      archive.check(table).ifPresent(fault -> add("tables", fault));
      watcher.step(table.size());
    }
  }

  private void checkRows() throws IOException {
    watcher.begin("messages", Watcher.Unit.MESSAGES, archive.messages());
    Bodies bodies = new Bodies(archive, this::check);
    archive.read(bodies, fault -> add("rows", fault));
    bodies.end();
    checkCounter("message", lastMessage);
    checkCounter("queue", lastQueue);
  }

  private void check(Entry entry, byte[] body) {
    if (entry instanceof Entry.Message message) {
      check(message, body);
    } else if (entry instanceof Entry.Queue queue) {
      check(queue);
    } else if (entry instanceof Entry.Key key) {
      keys++;
      if (!queues.containsKey(key.queue())) {
        add(
            "keys",
            "key " + key.key(),
            "is of queue number " + key.queue() + ", which is not there");
      }
    } else if (entry instanceof Entry.Counter counter) {
      counters.put(counter.name(), counter.value());
    }
  }

  private void check(Entry.Queue queue) {
    String place = "queue " + queue.name();
    queues.put(queue.id(), queue.name());
    lastQueue = Math.max(lastQueue, queue.id());
    if (!names.add(queue.name())) {
      add("queues", place, "is there twice");
    }
    if (!EntryForm.isObject(queue.settings().getBytes(StandardCharsets.UTF_8))) {
      add("queues", place, "has settings that are no JSON object");
    }
  }

  private void check(Entry.Message message, byte[] body) {
    watcher.step(1);
    messages++;
    bytes += message.length();
    lastMessage = Math.max(lastMessage, message.id());
    if (!queues.containsKey(message.queue())) {
      add(
          "messages without their queue",
          "message " + message.id(),
          "is of queue number " + message.queue() + ", which is not there");
    }
    if (body == null) {
      add("messages without their body", place(message), "its body " + why(message));
    } else if (body.length != message.length()) {
      String what = "its body has %d bytes, not %d".formatted(body.length, message.length());
      add("bodies of another length", place(message), what);
    }
    if (message.headers() != null && !EntryForm.isObject(message.headers())) {
      add("headers", place(message), "its headers are no JSON object");
    }
  }

  private String why(Entry.Message message) {
    return archive.whyMissing(message.body());
  }

  private String place(Entry.Message message) {
    String queue = queues.get(message.queue());
    return "message %d of queue %s"
        .formatted(message.id(), queue == null ? "number " + message.queue() : queue);
  }

  private void checkCounter(String name, long last) {
    long counted = counters.getOrDefault(name, 0L);
    if (counted < last) {
      problems.add(
          "counters",
          new Problem(
              "counter " + name,
              "is at %d, but there is number %d: numbers might come again".formatted(counted, last),
              "`baozi data export` (with --salvage if more is damaged), then `baozi data import` into a"
                  + " new directory, sets it right"));
    }
  }

  private void add(String kind, Fault fault) {
    problems.add(kind, Problem.lost(fault));
  }

  private void add(String kind, String place, String what) {
    problems.add(kind, Problem.lost(place, what));
  }

  private Report report() {
    return new Report(queues.size(), messages, bytes, keys, archive.torn(), problems.count());
  }
}
