package io.baozi.data;

import io.baozi.journal.Entry;
import io.baozi.journal.JournalException;
import io.baozi.journal.RestingJournal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Looks through a data directory: files, checksums, and whether the rows go together. */
public final class Verification {
  /**
   * What was found.
   *
   * @param tables how many files with rows there are
   * @param problems how many there are
   */
  public record Finding(Counts counts, int tables, long problems) {
    /** Whether nothing is wrong. */
    public boolean isSound() {
      return problems == 0;
    }
  }

  private static final long STEP = 1000;

  private final RestingJournal journal;
  private final Consumer<String> problem;
  private final Watcher watcher;
  private final Tally tally = new Tally();
  private final Set<Long> queues = new HashSet<>();
  private final Set<Long> missing = new HashSet<>();
  private final Map<String, Long> counters = new HashMap<>();
  private final Map<String, Long> highest = new HashMap<>();
  private long passed;
  private long problems;

  private Verification(RestingJournal journal, Consumer<String> problem, Watcher watcher) {
    this.journal = journal;
    this.problem = problem;
    this.watcher = watcher;
  }

  /**
   * Looks through it.
   *
   * @param problem is told of each, a sentence each
   */
  public static Finding of(RestingJournal journal, Consumer<String> problem, Watcher watcher)
      throws JournalException {
    return new Verification(journal, problem, watcher).run();
  }

  private Finding run() throws JournalException {
    journal.damagedLogs().forEach(this::report);
    var tables = journal.tables();
    watcher.begin(
        "checking files", " bytes", tables.stream().mapToLong(RestingJournal.Table::size).sum());
    tables.forEach(this::check);
    watcher.begin("checking messages", " messages", journal.messages());
    journal.scan(this::look, this::report);
    watcher.step(passed % STEP);
    highest.forEach(this::compare);
    return new Finding(tally.counts(), tables.size(), problems);
  }

  private void check(RestingJournal.Table table) {
    RestingJournal.check(table)
        .ifPresent(why -> report(table.file() + " (" + table.family() + "): " + why));
    watcher.step(table.size());
  }

  private void look(Entry entry) {
    tally.add(entry);
    if (entry instanceof Entry.Counter counter) {
      counters.put(counter.name(), counter.value());
    } else if (entry instanceof Entry.Queue queue) {
      queues.add(queue.id());
      highest.merge("queue", queue.id(), Math::max);
    } else if (entry instanceof Entry.Message message) {
      look(message);
    } else if (entry instanceof Entry.Key key) {
      require(key.queue());
    }
  }

  private void look(Entry.Message message) {
    passed++;
    if (passed % STEP == 0) {
      watcher.step(STEP);
    }
    highest.merge("message", message.id(), Math::max);
    require(message.queue());
    try {
      journal.body(message);
    } catch (JournalException e) {
      report(e.getMessage());
    }
  }

  private void require(long queue) {
    if (!queues.contains(queue) && missing.add(queue)) {
      report("there is something of queue number " + queue + ", and not the queue itself");
    }
  }

  private void compare(String counter, long most) {
    if (counters.getOrDefault(counter, 0L) < most) {
      report(
          "the counter of "
              + counter
              + " numbers is at "
              + counters.getOrDefault(counter, 0L)
              + ", but "
              + most
              + " was given out");
    }
  }

  private void report(String what) {
    problems++;
    problem.accept(what);
  }
}
