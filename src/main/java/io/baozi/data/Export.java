package io.baozi.data;

import io.baozi.frame.Header;
import io.baozi.journal.Entry;
import io.baozi.journal.JournalException;
import io.baozi.journal.RestingJournal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All of a data directory as frames, one behind the other. */
public final class Export {
  private static final byte[] NOTHING = {};
  private static final long STEP = 1000;

  private final RestingJournal from;
  private final FramesOut out;
  private final Watcher watcher;
  private final Tally tally = new Tally();
  private final Set<Long> queues = new HashSet<>();
  private final Map<String, Long> counters = new TreeMap<>();
  private final Consumer<String> skipped;
  private long passed;

  private Export(RestingJournal from, OutputStream to, Consumer<String> skipped, Watcher watcher) {
    this.from = from;
    this.out = new FramesOut(to);
    this.skipped = skipped;
    this.watcher = watcher;
  }

  /**
   * Writes it.
   *
   * @param to in small pieces; not closed
   * @param at the moment that it says it was made
   * @throws JournalException if something is damaged; says what to do
   * @throws IOException if it cannot be written
   */
  public static Counts write(RestingJournal from, OutputStream to, Instant at, Watcher watcher)
      throws IOException {
    from.requireLogs();
    return new Export(from, to, null, watcher).run(at);
  }

  /**
   * Writes what can be read.
   *
   * @param skipped is told of what cannot
   */
  public static Counts salvage(
      RestingJournal from, OutputStream to, Instant at, Consumer<String> skipped, Watcher watcher)
      throws IOException {
    Export export = new Export(from, to, skipped, watcher);
    for (String log : from.damagedLogs()) {
      export.gap(log);
    }
    return export.run(at);
  }

  private Counts run(Instant at) throws IOException {
    watcher.begin("exporting", " messages", from.messages());
    out.add(
        Header.of(
            "kind",
            "baozi-export",
            "format",
            FramesOut.FORMAT,
            "at",
            at.toString(),
            "salvaged",
            skipped != null),
        NOTHING);
    try {
      from.scan(this::write, this::gap);
      for (Map.Entry<String, Long> counter : counters.entrySet()) {
        add(new Entry.Counter(counter.getKey(), counter.getValue()), NOTHING);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.end();
    watcher.step(passed % STEP);
    return tally.counts();
  }

  private void write(Entry entry) {
    try {
      if (entry instanceof Entry.Counter counter) {
        counters.merge(counter.name(), counter.value(), Math::max);
      } else if (entry instanceof Entry.Queue queue) {
        queue(queue);
      } else if (entry instanceof Entry.Message message) {
        message(message);
      } else if (entry instanceof Entry.Key key) {
        require(key.queue());
        add(key, NOTHING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void queue(Entry.Queue queue) throws IOException {
    queues.add(queue.id());
    atLeast("queue", queue.id());
    add(queue, NOTHING);
  }

  private void message(Entry.Message message) throws IOException {
    passed++;
    if (passed % STEP == 0) {
      watcher.step(STEP);
    }
    atLeast("message", message.id());
    byte[] body;
    try {
      body = from.body(message);
    } catch (JournalException e) {
      gap(e.getMessage());
      return;
    }
    require(message.queue());
    add(message, body);
  }

  /** What is in a queue whose own row is lost is saved in one that is called after its number. */
  private void require(long queue) throws IOException {
    if (!queues.contains(queue)) {
      gap("the row of queue number " + queue + " is lost: it is called salvaged-" + queue);
      queue(new Entry.Queue(queue, "salvaged-" + queue, "{}", false));
    }
  }

  /** A counter that was lost must not give out again what is there. */
  private void atLeast(String counter, long value) {
    if (skipped != null) {
      counters.merge(counter, value, Math::max);
    }
  }

  private void add(Entry entry, byte[] body) throws IOException {
    out.add(Form.header(entry), body);
    tally.add(entry);
  }

  private void gap(String what) throws JournalException {
    if (skipped == null) {
      throw RestingJournal.damaged(what);
    }
    tally.skip();
    skipped.accept(what);
  }
}
