package io.baozi.journal;

import static io.baozi.journal.Entries.body;
import static io.baozi.journal.Entries.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

@Timeout(60)
class HandlesTest {
  /** Much more than is held in memory. */
  private static final int BODIES = 32;

  @TempDir private Path folder;

  @Test
  void write_tooMuchIsOnItsWayToDisk_waitsUntilThereIsRoom() throws Exception {
    NativeLibrary.load(folder.resolve("native"));
    try (Handles handles = Handles.open(folder.resolve("journal"), OpenJournal.MEMORY)) {
      handles.database().pauseBackgroundWork();
      FutureTask<Void> writing = new FutureTask<>(() -> write(handles));
      Thread writer = new Thread(writing);
      writer.start();
      while (writer.getState() != Thread.State.TIMED_WAITING && !writing.isDone()) {
        Thread.onSpinWait();
      }
      boolean waits = !writing.isDone();
      handles.database().continueBackgroundWork();
      writing.get();
      assertThat(waits).isTrue();
    }
  }

  private static Void write(Handles handles) throws RocksDBException {
    for (int id = 1; id <= BODIES; id++) {
      Batch batch = new Batch();
      batch.begin(0);
      new Rows().add(message(id, body(id, 1 << 20)), handles.numbers(), batch);
      try (WriteBatch rows = new WriteBatch(batch.toArray())) {
        handles.write(rows);
      }
    }
    return null;
  }
}
