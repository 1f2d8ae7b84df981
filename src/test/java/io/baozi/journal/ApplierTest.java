package io.baozi.journal;

import static io.baozi.journal.Entries.body;
import static io.baozi.journal.Entries.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** What the log has on its way into the store, and who reads it there. */
@Timeout(30)
class ApplierTest {
  @TempDir private Path folder;

  private final FaultyStrokes disk = new FaultyStrokes();
  private final Sizes sizes = new Sizes();
  private DataDirectory directory;
  private Store store;
  private Log log;
  private Reads reads;
  private Applier applier;

  @BeforeEach
  void open() throws Exception {
    directory = DataDirectory.open(folder);
    NativeLibrary.load(directory.natives());
    store = Store.open(directory, OpenJournal.MEMORY, disk);
    log = Log.begin(directory.log(), 1, 1 << 20, false, disk);
    reads = new Reads(store);
    applier = new Applier(log, store, reads, sizes);
  }

  @AfterEach
  void close() throws Exception {
    reads.stored(Long.MAX_VALUE);
    reads.end();
    store.close();
    log.close();
    directory.close();
  }

  /** Has the log have it; the store is owed it. */
  private Turn owed(Entry entry) throws Exception {
    Turn turn = new Turn(log.last() + 1, List.of(entry), true, reads.asked());
    Rows rows = new Rows();
    Batch batch = new Batch();
    batch.begin(0);
    rows.add(entry, store.numbers(), batch);
    rows.number(turn.number(), store.numbers(), batch);
    log.append(batch.toArray());
    applier.owe(batch.toArray());
    return turn;
  }

  private void apply(Turn turn) throws Exception {
    applier.apply(List.of(turn), turn.number());
  }

  private CompletableFuture<byte[]> read(long id, long write) {
    CompletableFuture<byte[]> read = new CompletableFuture<>();
    reads.read(new long[] {id}, write, found -> read.complete(found[0]));
    return read;
  }

  /** Waits until a thread waits for what reads are told, or something is done that it may not. */
  private static void awaitWaiting(Thread thread, CompletableFuture<?> tooSoon) {
    while (!isWaitingOnReads(thread) && !tooSoon.isDone()) {
      Thread.onSpinWait();
    }
  }

  private static boolean isWaitingOnReads(Thread thread) {
    ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
    LockInfo lock = info == null ? null : info.getLockInfo(); // null once it has ended
    return lock != null && lock.getClassName().equals(Reads.class.getName());
  }

  @Test
  void apply_storeTakesNothing_countsAllTheSameWhatTheLogHas() throws Exception {
    disk.failStore(true);
    Turn turn = owed(message(1, body(1, 5000)));
    assertThatThrownBy(() -> apply(turn)).isInstanceOf(RocksDBException.class);

    assertThat(sizes.live()).isEqualTo(5000);
    assertThat(applier.hasFailed()).isTrue();
    assertThat(applier.isBehind()).isTrue();
    disk.failStore(false);
    applier.openAnew(turn.number());
    assertThat(read(1, turn.number()).get()).isEqualTo(body(1, 5000));
    assertThat(sizes.live()).isEqualTo(5000);
    assertThat(applier.isBehind()).isFalse();
  }

  /** The first has a file of the log alone, so large that it is removed once it is given free. */
  @Test
  void apply_anotherFileOfTheLogIsBegun_givesFreeOnlyWhatTheStoreHasOnDisk() throws Exception {
    apply(owed(message(1, body(1, 2 << 20))));
    apply(owed(message(2, body(2, 10))));
    assertThat(files()).containsExactly(1L, 2L);

    store.flush(true);
    apply(owed(message(3, body(3, 2 << 20))));
    assertThat(files()).containsExactly(2L, 3L);
  }

  /** Those of the log, each by the number of its first record. */
  private List<Long> files() throws IOException {
    return LogFiles.all(directory.log()).keySet().stream().map(LogName::first).toList();
  }

  @Test
  void read_ofWhatTheStoreHasNotYet_waitsForIt() throws Exception {
    CompletableFuture<Thread> reader = new CompletableFuture<>();
    reads.read(new long[0], 0, found -> reader.complete(Thread.currentThread()));
    Turn turn = owed(message(1, body(1, 100)));
    CompletableFuture<byte[]> read = read(1, turn.number());
    awaitWaiting(reader.get(), read);

    apply(turn);
    assertThat(read.get()).isEqualTo(body(1, 100));
  }

  @Test
  void apply_removesABodyThatWasAskedFor_waitsUntilItIsRead() throws Exception {
    apply(owed(message(1, body(1, 100))));
    CountDownLatch gate = new CountDownLatch(1);
    reads.read(new long[0], 0, found -> await(gate));
    CompletableFuture<byte[]> read = read(1, 1);
    Turn removal = owed(new Entry.BodyGone(1));
    CompletableFuture<Void> removed = new CompletableFuture<>();
    FutureTask<Void> applying =
        new FutureTask<>(
            () -> {
              apply(removal);
              removed.complete(null);
              return null;
            });
    Thread writer = new Thread(applying);
    writer.start();
    awaitWaiting(writer, removed);

    gate.countDown();
    applying.get();
    assertThat(read.get()).isEqualTo(body(1, 100));
    assertThat(read(1, removal.number()).get()).isNull();
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
