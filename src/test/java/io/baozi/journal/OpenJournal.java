package io.baozi.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A journal in a test: what it has brought back, and what it has said of each write. */
final class OpenJournal implements AutoCloseable, Journal.Listener {
  static final long MEMORY = 16 << 20;

  private static final long PATIENCE_SECONDS = 20;

  private final RocksJournal journal;
  private final List<Entry> recovered = new ArrayList<>();
  private final List<Expected> expected = new ArrayList<>();
  private long kept; // under the monitor, as all that follows
  private long lost;
  private Health health;

  private record Expected(Condition condition, CompletableFuture<Void> met) {}

  /** What a test waits for. */
  private interface Condition {
    boolean isMet();
  }

  private OpenJournal(RocksJournal journal) {
    this.journal = journal;
    this.health = journal.health();
    journal.listen(this);
  }

  static JournalOptions options(Path directory, Sync sync) {
    return new JournalOptions(directory, sync, Duration.ofMillis(5), 0, MEMORY);
  }

  /** Opens one that forces every write, and has it bring back what it has. */
  static OpenJournal in(Path directory) throws JournalException {
    return in(options(directory, Sync.ALWAYS), Strokes.TRUE);
  }

  static OpenJournal in(JournalOptions options, Strokes strokes) throws JournalException {
    OpenJournal open = new OpenJournal(RocksJournal.open(options, strokes));
    try {
      open.journal.recover(open.recovered::add);
      return open;
    } catch (JournalException e) {
      open.close();
      throw e;
    }
  }

  RocksJournal journal() {
    return journal;
  }

  /** What was brought back, by row. */
  Map<String, String> rows() {
    return rows(recovered);
  }

  /** What entries leave when they are applied in their order, by row, without bodies. */
  static Map<String, String> rows(List<Entry> entries) {
    Map<String, String> rows = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Counter one) {
        rows.put("counter " + one.name(), Long.toString(one.value()));
      } else if (entry instanceof Entry.Queue one) {
        rows.put("queue " + one.id(), one.name() + ' ' + one.settings() + ' ' + one.paused());
      } else if (entry instanceof Entry.QueueGone one) {
        rows.remove("queue " + one.id());
      } else if (entry instanceof Entry.Message one) {
        rows.put("message " + one.queue() + ' ' + one.id(), Entries.text(one));
      } else if (entry instanceof Entry.MessageGone one) {
        rows.remove("message " + one.queue() + ' ' + one.id());
      } else if (entry instanceof Entry.BodyLent one) {
        rows.put("lent " + one.body(), "");
      } else if (entry instanceof Entry.BodyReturned one) {
        rows.remove("lent " + one.body());
      } else if (entry instanceof Entry.Key one) {
        rows.put("key " + one.queue() + ' ' + one.key(), one.msg() + " until " + one.until());
      } else if (entry instanceof Entry.KeyGone one) {
        rows.remove("key " + one.queue() + ' ' + one.key());
      }
    }
    return rows;
  }

  /** Writes one turn that is waited for. */
  long write(Entry... entries) {
    return journal.write(List.of(entries), true);
  }

  /** Writes one turn and waits until it is kept. */
  void keep(Entry... entries) {
    awaitKept(write(entries));
  }

  void awaitKept(long number) {
    await(() -> kept >= number);
  }

  void awaitLost(long number) {
    await(() -> lost >= number);
  }

  /** Waits until it is in this state. */
  Health await(Health.State state) {
    await(() -> health.state() == state);
    return journal.health();
  }

  /** Reads bodies and waits for them. */
  byte[][] read(long... bodies) {
    CompletableFuture<byte[][]> read = new CompletableFuture<>();
    journal.read(bodies, read::complete);
    return read.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private void await(Condition condition) {
    CompletableFuture<Void> met = new CompletableFuture<>();
    synchronized (this) {
      expected.add(new Expected(condition, met));
      look();
    }
    met.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private void look() {
    for (Expected one : expected) {
      if (one.condition().isMet()) {
        one.met().complete(null);
      }
    }
    expected.removeIf(one -> one.met().isDone());
  }

  @Override
  public synchronized void kept(long number) {
    assertThat(number).as("what was lost is not kept after all").isGreaterThan(lost);
    kept = number;
    look();
  }

  @Override
  public synchronized void lost(long number) {
    assertThat(number).as("what was kept is not lost").isGreaterThan(kept);
    assertThat(number).as("what was lost is told once").isGreaterThan(lost);
    lost = number;
    look();
  }

  @Override
  public synchronized void changed(Health now) {
    health = now;
    look();
  }

  /** Closes it; whether it says that all was kept. */
  boolean closesWell() {
    try {
      journal.close().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(JournalException.class);
      return false;
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    closesWell();
  }
}
