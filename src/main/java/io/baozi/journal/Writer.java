package io.baozi.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.RocksDBException;

/**
 * Writes turns on a thread of its own: all that have come since the last write in one batch, and
 * one force for all of them. The busier, the larger the batch. A batch is kept when the log has it;
 * the store has it a moment later, while the next is gathered.
 */
final class Writer {
  private static final Logger LOG = System.getLogger(Writer.class.getName());

  /** Of about so many bytes is a batch at most, but for one turn alone. */
  private static final long BATCH = Math.min(8 << 20, Runtime.getRuntime().maxMemory() / 16);

  private static final long IDLE = TimeUnit.SECONDS.toNanos(1);

  /** The longest that a force is put off to have as much in it as the last one had. */
  private static final long GATHERING = TimeUnit.MILLISECONDS.toNanos(10);

  private final JournalOptions options;
  private final Log log;
  private final Store store;
  private final Applier applier;
  private final Reads reads;
  private final Vitals vitals;
  private final FreeSpace space;
  private final Turns turns = new Turns();
  private final Thread thread = new Thread(this::run, "baozi-journal");
  private final Rows rows = new Rows();
  private final Batch batch = new Batch();

  /** Those that could not be written, to be written when that is possible again. */
  private final List<Turn> failed = new ArrayList<>();

  private long forcedAt = System.nanoTime();

  /** When it was tried last to write again. */
  private long triedAt = forcedAt - IDLE;

  /** The last turn that was taken. */
  private long taken;

  /** The last turn of which it was told what became of it. */
  private long told;

  /** How long the last force took. */
  private long forcing;

  /** In what it ended that nobody expects; null as long as it has not. */
  private Throwable fault;

  /** Whether not all is told of that yet. */
  private boolean isFaultUntold;

  private final AtomicLong forces = new AtomicLong();

  Writer(
      JournalOptions options,
      Log log,
      Store store,
      Reads reads,
      Sizes sizes,
      Vitals vitals,
      FreeSpace space) {
    this.options = options;
    this.log = log;
    this.store = store;
    this.applier = new Applier(log, store, reads, sizes);
    this.reads = reads;
    this.vitals = vitals;
    this.space = space;
    thread.setDaemon(true);
    thread.start();
  }

  void add(Turn turn) {
    turns.add(turn);
  }

  /** How often it has forced. */
  long forces() {
    return forces.get();
  }

  /** Writes and forces what is left, and ends. */
  void end() throws InterruptedException {
    turns.close();
    thread.join();
  }

  private void run() {
    try {
      while (!turns.isOver()) {
        goOn();
      }
      if (isUnforced()) {
        force();
      }
    } finally {
      reads.stored(Long.MAX_VALUE); // no more comes
    }
  }

  private void goOn() {
    try {
      carryOut(turns.take(patience()));
      lookAround();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void lookAround() {
    if (isFaultUntold) {
      tellFault();
    }
    if (isOver()) {
      return;
    }
    space.look();
    if (isDue()) {
      force();
    }
    if (vitals.health().state() == Health.State.WRITE_FAILED
        && System.nanoTime() - triedAt >= IDLE) {
      triedAt = System.nanoTime();
      retry();
    }
  }

  /**
   * Nobody knows how far it came: nothing is written any more, and what was taken is lost. To tell
   * of it may fail as well, for want of memory: then it is tried again, as others wait for it.
   */
  private void fail(Throwable cause) {
    fault = fault == null ? cause : fault;
    isFaultUntold = true;
    try {
      tellFault();
    } catch (RuntimeException | Error e) {
      return; // what went wrong first is what people need to know, and that they are still told
    }
  }

  private void tellFault() {
    failed.clear();
    vitals.failed(fault);
    if (told < taken) {
      tellLost(taken);
    }
    if (applier.isBehind()) {
      applier.openToRead(told);
    }
    LOG.log(Level.ERROR, "The journal's writer failed", fault);
    isFaultUntold = false;
  }

  /** How long it may rest. */
  private long patience() {
    return options.sync() == Sync.INTERVAL && isUnforced()
        ? Math.max(1, options.interval().toNanos() - (System.nanoTime() - forcedAt))
        : IDLE;
  }

  private boolean isDue() {
    return options.sync() == Sync.INTERVAL
        && isUnforced()
        && System.nanoTime() - forcedAt >= options.interval().toNanos();
  }

  /** Whether there is something to force that may be; also while writes fail. */
  private boolean isUnforced() {
    return log.isUnforced() && !isOver();
  }

  /** Whether nothing is written any more. */
  private boolean isOver() {
    return fault != null || vitals.health().state() == Health.State.FORCE_FAILED;
  }

  private void carryOut(List<Turn> line) {
    if (!line.isEmpty()) {
      taken = line.get(line.size() - 1).number();
    }
    int from = 0;
    while (from < line.size()) {
      int to = end(line, from);
      carryOutTogether(line.subList(from, to));
      from = to;
    }
  }

  /** Where the batch ends that begins at a turn. */
  private static int end(List<Turn> turns, int from) {
    long size = 0;
    int to = from;
    while (to < turns.size() && (to == from || size < BATCH)) {
      size += turns.get(to).size();
      to++;
    }
    return to;
  }

  private void carryOutTogether(List<Turn> together) {
    long last = together.get(together.size() - 1).number();
    if (isOver()) {
      tellLost(last);
    } else if (!vitals.health().keeps()) {
      failed.addAll(together);
      tellLost(last);
    } else if (write(together) && isKept(together)) {
      vitals.kept(last);
      told = last;
      apply(together);
    } else {
      tellLost(last);
    }
  }

  private void tellLost(long last) {
    vitals.lost(last);
    told = last;
  }

  /** Forces it, if it is to be; then as many may come again. */
  private boolean isKept(List<Turn> together) {
    if (!isForced(together)) {
      return true;
    }
    boolean kept = force();
    turns.expect(together.stream().mapToInt(Turn::awaited).sum(), Math.min(forcing / 2, GATHERING));
    return kept;
  }

  /** Whether it is forced before it counts as kept; numbers given never come again, at any sync. */
  private boolean isForced(List<Turn> together) {
    for (Turn turn : together) {
      if (turn.grantsNumbers() || (turn.force() && options.sync() == Sync.ALWAYS)) {
        return true;
      }
    }
    return false;
  }

  private boolean write(List<Turn> together) {
    try {
      put(together);
      return true;
    } catch (ForceException e) {
      forceFailed(e);
    } catch (IOException e) {
      failed.addAll(together);
      vitals.writeFailed(Damage.why(e));
    }
    return false;
  }

  /** Puts turns into the log. */
  private void put(List<Turn> together) throws IOException {
    try {
      append(together);
    } catch (OutOfMemoryError e) { // it was not written, and may be when others have what they need
      batch.release();
      throw new IOException("no memory left to write", e);
    }
  }

  private void append(List<Turn> together) throws IOException {
    batch.begin(together.stream().mapToLong(Turn::size).sum());
    int[] families = store.numbers();
    for (Turn turn : together) {
      for (Entry entry : turn.entries()) {
        rows.add(entry, families, batch);
      }
    }
    if (batch.isEmpty()) {
      return;
    }
    rows.number(log.last() + 1, families, batch);
    byte[] record = batch.toArray();
    log.append(record);
    applier.owe(record);
  }

  private void apply(List<Turn> together) {
    try {
      applier.apply(together, told);
    } catch (RocksDBException e) {
      vitals.writeFailed(Damage.why(e));
    } catch (ForceException e) {
      forceFailed(e);
    } catch (IOException e) {
      vitals.writeFailed(Damage.why(e));
    }
  }

  /** Forces what was written; a force that has failed is never tried again. */
  private boolean force() {
    long begun = System.nanoTime();
    try {
      log.force();
      forcedAt = System.nanoTime();
      forcing = forcedAt - begun;
      forces.incrementAndGet();
      return true;
    } catch (ForceException e) {
      forceFailed(e);
      return false;
    }
  }

  private void forceFailed(ForceException e) {
    failed.clear();
    vitals.forceFailed(e.getMessage());
  }

  /** Writes again what could not be written. */
  private void retry() {
    try {
      if (applier.hasFailed()) {
        applier.openAnew(told);
      }
      while (!failed.isEmpty()) {
        List<Turn> again = failed.subList(0, end(failed, 0));
        put(again);
        if (options.sync() != Sync.NEVER && !force()) {
          return;
        }
        apply(again);
        if (applier.hasFailed()) {
          return;
        }
        again.clear();
      }
      vitals.writes();
    } catch (ForceException e) {
      forceFailed(e);
    } catch (JournalException e) { // the log is damaged, which nothing mends
      fail(e);
    } catch (IOException | OutOfMemoryError e) {
      LOG.log(Level.DEBUG, "Writing failed again: {0}", e.getMessage());
    } catch (RocksDBException e) {
      LOG.log(Level.DEBUG, "The store cannot be opened: {0}", Damage.why(e));
      applier.openToRead(told);
    }
  }
}
