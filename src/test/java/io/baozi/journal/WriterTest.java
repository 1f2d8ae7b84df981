package io.baozi.journal;

import static io.baozi.journal.Entries.body;
import static io.baozi.journal.Entries.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a writer makes of what happens behind a write that is kept. */
@Timeout(30)
class WriterTest {
  /** So long a body has a file of the log alone, which is removed once it is given free. */
  private static final int LONG = 2 << 20;

  @TempDir private Path folder;

  private final FaultyStrokes disk = new FaultyStrokes();
  private DataDirectory directory;
  private Store store;
  private Log log;
  private Reads reads;
  private Vitals vitals;
  private Writer writer;

  @BeforeEach
  void open() throws Exception {
    directory = DataDirectory.open(folder);
    NativeLibrary.load(directory.natives());
    store = Store.open(directory, OpenJournal.MEMORY, disk);
    log = Log.begin(directory.log(), 1, 1 << 20, false, disk);
    reads = new Reads(store);
    vitals = new Vitals(folder);
    writer =
        new Writer(
            OpenJournal.options(folder, Sync.ALWAYS),
            log,
            store,
            reads,
            new Sizes(),
            vitals,
            new FreeSpace(folder, 0, vitals));
  }

  @AfterEach
  void close() throws Exception {
    writer.end();
    reads.end();
    store.close();
    log.close();
    directory.close();
  }

  private void write(long number) {
    writer.add(new Turn(number, List.of(message(number, body(number, LONG))), true, 0));
  }

  @Test
  void force_ofNamesThatFailsBehindAKeptWrite_isTheEnd() throws Exception {
    CompletableFuture<Void> through = new CompletableFuture<>();
    CompletableFuture<Health> changed = new CompletableFuture<>();
    vitals.listener(new Told(3, through, changed));
    write(1);
    write(2);
    writer.add(new Turn(3, List.of(), true, 0)); // once it is kept, all is done for those before
    through.join();
    store.flush(true);
    disk.failNamesAfter(1); // there is another file of the log, of those before none can be removed
    write(4);

    assertThat(changed.join().state()).isEqualTo(Health.State.FORCE_FAILED);
    assertThat(vitals.kept()).isEqualTo(4);
  }

  /** One that waits for a write, and for a change. */
  private record Told(long write, CompletableFuture<Void> through, CompletableFuture<Health> change)
      implements Journal.Listener {
    @Override
    public void kept(long number) {
      if (number >= write) {
        through.complete(null);
      }
    }

    @Override
    public void lost(long number) {}

    @Override
    public void changed(Health health) {
      change.complete(health);
    }
  }
}
