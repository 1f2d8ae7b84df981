package io.baozi.broker;

import io.baozi.journal.Entry;
import io.baozi.journal.Health;
import io.baozi.journal.Journal;
import io.baozi.journal.Sync;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A journal on the heap that works when a test says so: what it is handed lies there until {@link
 * #work}, what it has written may be lost in a {@link #crash} unless it is forced.
 */
final class SlowJournal implements Journal {
  /** What a turn handed over. */
  record Batch(long number, List<Entry> entries, boolean force) {}

  private final Sync sync;

  /** What outlives a power cut. */
  private final HeapDisk forced;

  /** What outlives the process. */
  private final HeapDisk written;

  private final Deque<Batch> unforced = new ArrayDeque<>();
  private final Deque<Batch> handed = new ArrayDeque<>();

  /** Those that could not be written. */
  private final List<Batch> failed = new ArrayList<>();

  private final Deque<Runnable> reads = new ArrayDeque<>();
  private Listener listener;
  private Health health = Health.WELL;
  private long number;
  private long forces;
  private boolean closed;
  private Health.State failsAs;

  /** How many were handed over so far, those without entries included. */
  final List<Batch> batches = new ArrayList<>();

  /** Told of each that is handed over. */
  Runnable handedOver = () -> {};

  /** A body that cannot be read; 0 for none. */
  long damaged;

  SlowJournal(Sync sync) {
    this(sync, new HeapDisk());
  }

  private SlowJournal(Sync sync, HeapDisk disk) {
    this.sync = sync;
    this.forced = disk;
    this.written = disk.copy();
  }

  /** What a process that ends now leaves behind. */
  HeapDisk disk() {
    return written;
  }

  /** Whether it takes no more. */
  boolean isClosed() {
    return closed;
  }

  /** Whether it has done all that it was asked for. */
  boolean isIdle() {
    return handed.isEmpty() && reads.isEmpty();
  }

  /** Writes all that it was handed, as one batch, and reads all that it was asked for. */
  void work() {
    read();
    writeAll();
  }

  /** Writes all that it was handed, as one batch. */
  void writeAll() {
    if (!handed.isEmpty()) {
      List<Batch> together = List.copyOf(handed);
      handed.clear();
      write(together, together.get(together.size() - 1).number());
    }
  }

  /** Reads all that it was asked for. */
  void read() {
    while (!reads.isEmpty()) {
      reads.remove().run();
    }
  }

  private void write(List<Batch> together, long last) {
    boolean isForced = sync == Sync.ALWAYS && together.stream().anyMatch(Batch::force);
    if (failsAs == Health.State.WRITE_FAILED && health.keeps()) {
      change(new Health(failsAs, "a write failed"));
    }
    if (!health.keeps()) {
      failed.addAll(together);
      listener.lost(last);
      return;
    }
    apply(together);
    if (isForced && failsAs == Health.State.FORCE_FAILED) {
      change(new Health(failsAs, "a force failed"));
      listener.lost(last);
      return;
    }
    if (isForced) {
      force();
    }
    listener.kept(last);
  }

  private void apply(List<Batch> together) {
    for (Batch batch : together) {
      batch.entries().forEach(written::apply);
      unforced.add(batch);
    }
  }

  private void force() {
    forces++;
    unforced.forEach(batch -> batch.entries().forEach(forced::apply));
    unforced.clear();
  }

  /** From now on its writes, or its forces, fail. */
  void fails(Health.State as) {
    failsAs = as;
  }

  /** It can write again, and writes what it could not. */
  void mends() {
    failsAs = null;
    apply(failed);
    failed.clear();
    force();
    change(Health.WELL);
  }

  /** Is in another state from now on. */
  void change(Health to) {
    health = to;
    if (listener != null) {
      listener.changed(to);
    }
  }

  /**
   * What is there after the process was killed: all that was written, and so many of the turns that
   * were only handed over.
   */
  SlowJournal kill(int more) {
    HeapDisk disk = written.copy();
    handed.stream().limit(more).forEach(batch -> batch.entries().forEach(disk::apply));
    return new SlowJournal(sync, disk);
  }

  /** What is there after a power cut: what was forced, and so many of the turns behind it. */
  SlowJournal crash(int more) {
    HeapDisk disk = forced.copy();
    unforced.stream().limit(more).forEach(batch -> batch.entries().forEach(disk::apply));
    return new SlowJournal(sync, disk);
  }

  /** How many turns a power cut may take. */
  int unforced() {
    return unforced.size();
  }

  /** How many turns the end of the process may take. */
  int unwritten() {
    return handed.size();
  }

  @Override
  public void recover(Consumer<Entry> to) {
    written.recover(to);
  }

  @Override
  public void listen(Listener told) {
    listener = told;
  }

  @Override
  public long write(List<Entry> entries, boolean force) {
    if (closed) {
      throw new IllegalStateException("the journal is closed");
    }
    number++;
    Batch batch = new Batch(number, List.copyOf(entries), force);
    handed.add(batch);
    batches.add(batch);
    handedOver.run();
    return number;
  }

  @Override
  public void read(long[] bodies, Consumer<byte[][]> then) {
    byte[][] found = new byte[bodies.length][];
    for (int i = 0; i < bodies.length; i++) {
      found[i] = bodies[i] == damaged ? null : body(bodies[i]);
    }
    reads.add(() -> then.accept(found));
  }

  private byte[] body(long body) {
    byte[] bytes = written.bodies.get(body);
    if (bytes == null) {
      throw new AssertionError("body " + body + " is read and was not kept");
    }
    return bytes;
  }

  @Override
  public long forces() {
    return forces;
  }

  @Override
  public boolean isForced() {
    return sync == Sync.ALWAYS;
  }

  @Override
  public Health health() {
    return health;
  }

  @Override
  public CompletionStage<Void> close() {
    work();
    force();
    closed = true;
    return CompletableFuture.completedFuture(null);
  }

  /** What is there after {@link #close}. */
  SlowJournal reopened() {
    return new SlowJournal(sync, forced.copy());
  }
}
