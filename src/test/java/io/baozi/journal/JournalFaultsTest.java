package io.baozi.journal;

import static io.baozi.journal.Entries.QUEUE;
import static io.baozi.journal.Entries.body;
import static io.baozi.journal.Entries.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.DirectoryCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal does on a disk that fails. */
class JournalFaultsTest {
  @TempDir private Path folder;

  private final FaultyStrokes disk = new FaultyStrokes();
  private OpenJournal journal;

  @BeforeEach
  void open() throws JournalException {
    journal = OpenJournal.in(OpenJournal.options(folder, Sync.ALWAYS), disk);
    journal.keep(QUEUE, message(1, body(1, 100)));
    assertThat(journal.read(1)[0]).as("the store has it, too").hasSize(100);
  }

  @Test
  void write_thatFails_isLostAndTheJournalSaysSo() {
    disk.failWrites(true);
    long number = journal.write(message(2, body(2, 100)));
    journal.awaitLost(number);

    Health health = journal.await(Health.State.WRITE_FAILED);
    assertThat(health.message())
        .contains(folder.toString())
        .contains("No space left on device")
        .contains("tried again every second");
    assertThat(health.takesMore()).isFalse();
    assertThat(health.keeps()).isFalse();
    assertThat(journal.closesWell()).isFalse();
  }

  @Test
  void open_withoutMemory_leavesTheDirectoryToTheNext(@TempDir Path killed) throws Exception {
    DirectoryCopy.make(folder, killed);
    journal.close();
    disk.starveStore(true);
    assertThatThrownBy(() -> OpenJournal.in(OpenJournal.options(killed, Sync.ALWAYS), disk))
        .isInstanceOf(OutOfMemoryError.class);

    try (OpenJournal again = OpenJournal.in(killed)) {
      assertThat(again.rows().keySet()).contains("message 1 1");
    }
  }

  @Test
  void read_whileWritesFail_findsWhatWasKept() {
    disk.failWrites(true);
    journal.awaitLost(journal.write(message(2, body(2, 100))));

    assertThat(journal.read(1)[0]).isEqualTo(body(1, 100));
    journal.close();
  }

  @Test
  void write_onceTheDiskWritesAgain_isKeptWithAllThatFailed() throws Exception {
    disk.failWrites(true);
    journal.write(message(2, body(2, 100)));
    journal.awaitLost(journal.write(message(3, body(3, 100))));
    disk.failWrites(false);
    journal.await(Health.State.WELL);
    journal.keep(message(4, body(4, 100)));
    assertThat(journal.closesWell()).isTrue();

    try (OpenJournal again = OpenJournal.in(folder)) {
      assertThat(again.rows().keySet())
          .containsExactly("message 1 1", "message 1 2", "message 1 3", "message 1 4", "queue 1");
      assertThat(again.read(3)[0]).isEqualTo(body(3, 100));
    }
  }

  @Test
  void write_withoutMemory_isTriedAgainOnceThereIsSome() throws Exception {
    disk.starveWrites(true);
    journal.awaitLost(journal.write(message(2, body(2, 100))));
    assertThat(journal.await(Health.State.WRITE_FAILED).message()).contains("no memory left");
    disk.starveWrites(false);
    journal.await(Health.State.WELL);
    journal.keep(message(3, body(3, 100)));
    assertThat(journal.closesWell()).isTrue();

    try (OpenJournal again = OpenJournal.in(folder)) {
      assertThat(again.rows().keySet())
          .containsExactly("message 1 1", "message 1 2", "message 1 3", "queue 1");
    }
  }

  @Test
  void force_thatFails_isNeverTriedAgain() throws Exception {
    disk.failForces(true);
    int before = disk.forces();
    journal.awaitLost(journal.write(message(2, body(2, 100))));
    Health health = journal.await(Health.State.FORCE_FAILED);
    assertThat(health.message()).contains("Input/output error").contains("restarted");
    disk.failForces(false);

    journal.awaitLost(journal.write(message(3, body(3, 100))));

    assertThat(disk.forces()).isEqualTo(before + 1);
    assertThat(journal.read(1)[0]).isEqualTo(body(1, 100));
    assertThat(journal.closesWell()).isFalse();
    assertThat(disk.forces()).isEqualTo(before + 1);
    try (OpenJournal again = OpenJournal.in(folder)) {
      assertThat(again.rows()).containsKey("message 1 1").doesNotContainKey("message 1 3");
    }
  }

  @Test
  void force_thatFailsWhenWritesAreTriedAgain_isTheEnd() {
    disk.failWrites(true);
    journal.awaitLost(journal.write(message(2, body(2, 100))));
    disk.failForces(true);
    disk.failWrites(false);

    journal.await(Health.State.FORCE_FAILED);
    assertThat(journal.closesWell()).isFalse();
  }

  @Test
  void store_thatTakesNothing_isOpenedAnewAndHasAllThatTheLogHas() throws Exception {
    disk.failStore(true);
    journal.keep(message(2, body(2, 100)));
    assertThat(journal.await(Health.State.WRITE_FAILED).message())
        .contains("No space left on device");
    journal.awaitLost(journal.write(message(3, body(3, 100))));
    assertThat(journal.read(2)[0]).isEqualTo(body(2, 100));

    disk.failStore(false);
    journal.await(Health.State.WELL);
    journal.keep(message(4, body(4, 100)));
    assertThat(List.of(journal.read(2, 3, 4))).doesNotContainNull();
    assertThat(journal.closesWell()).isTrue();
    try (OpenJournal again = OpenJournal.in(folder)) {
      assertThat(again.rows()).hasSize(5);
    }
  }

  /** The log begins with the queue and the first message; the second write is not in the store. */
  @Test
  void store_openedAnewWhenTheLogHasRotted_isTheEnd() throws Exception {
    disk.failStore(true);
    journal.keep(message(2, body(2, 100)));
    Path log = Entries.largest(folder.resolve("log"), ".log");
    byte[] bytes = Files.readAllBytes(log);
    int last = bytes.length - 1;
    while (bytes[last] == 0) {
      last--;
    }
    Entries.flip(log, last);
    disk.failStore(false);

    assertThat(journal.await(Health.State.FORCE_FAILED).message())
        .contains("those behind 1 cannot be read")
        .contains(Damage.REMEDY);
    assertThat(journal.read(1)[0]).isEqualTo(body(1, 100));
    assertThat(journal.closesWell()).isFalse();
  }

  @Test
  void write_withoutAPlaceForAnotherLog_saysWhatIsWrong() throws Exception {
    Path log = folder.resolve("log");
    Path away = Files.move(log, folder.resolve("away"));
    journal.awaitLost(journal.write(message(2, body(2, 5 << 20))));
    assertThat(journal.await(Health.State.WRITE_FAILED).message())
        .contains("NoSuchFileException: " + log);

    Files.move(away, log);
    journal.await(Health.State.WELL);
    assertThat(journal.closesWell()).isTrue();
  }

  @Test
  void store_withoutMemory_isOpenedAnewOnceThereIsSome() throws Exception {
    disk.starveStore(true);
    journal.keep(message(2, body(2, 100)));
    assertThat(journal.await(Health.State.WRITE_FAILED).message()).contains("no memory left");
    disk.awaitFailedWrites(2); // the first, and when it was opened anew
    disk.starveStore(false);
    journal.await(Health.State.WELL);

    assertThat(journal.read(2)[0]).isEqualTo(body(2, 100));
    journal.keep(message(3, body(3, 100)));
    assertThat(journal.closesWell()).isTrue();
  }

  @Test
  void read_whileTheStoreIsAway_isAnsweredWhenTheJournalCloses() throws Exception {
    disk.failStore(true);
    journal.keep(message(2, body(2, 100)));
    journal.await(Health.State.WRITE_FAILED);
    Files.move(folder.resolve("journal"), folder.resolve("elsewhere"));
    Files.createFile(folder.resolve("journal"));
    disk.awaitFailedWrites(1);
    CompletableFuture<byte[][]> read = new CompletableFuture<>();
    journal.journal().read(new long[] {2}, read::complete);

    assertThat(journal.closesWell()).isFalse();
    assertThat(read.orTimeout(20, TimeUnit.SECONDS).join()[0]).isNull();

    Files.delete(folder.resolve("journal"));
    Files.move(folder.resolve("elsewhere"), folder.resolve("journal"));
    try (OpenJournal again = OpenJournal.in(folder)) {
      assertThat(again.read(2)[0]).isEqualTo(body(2, 100));
    }
  }

  @Test
  void store_thatTakesNothingUntilTheEnd_isMadeUpForByTheNextStart() throws Exception {
    disk.failStore(true);
    journal.keep(message(2, body(2, 100)));
    journal.await(Health.State.WRITE_FAILED);
    assertThat(journal.closesWell()).isFalse();

    try (OpenJournal again = OpenJournal.in(folder)) {
      assertThat(again.rows().keySet()).containsExactly("message 1 1", "message 1 2", "queue 1");
      assertThat(again.read(2)[0]).isEqualTo(body(2, 100));
    }
  }

  @Test
  void close_withoutAPlaceForAnotherLog_isWellAndLeavesTheDirectoryToOthers() throws Exception {
    Path log = folder.resolve("log");
    Path away = Files.move(log, folder.resolve("away"));
    assertThat(journal.closesWell()).isTrue();

    Files.move(away, log);
    try (OpenJournal again = OpenJournal.in(folder)) {
      assertThat(again.rows().keySet()).containsExactly("message 1 1", "queue 1");
    }
  }

  @Test
  void writer_thatFailsInTheMidstOfTurns_losesTheRestOfThemAndAllThatCome() throws Exception {
    disk.holdForces();
    long held = journal.write(message(2, body(2, 100)));
    disk.awaitForce();
    long kept = journal.write(message(3, body(3, 9 << 20)));
    journal.write(message(4, body(4, 9 << 20)));
    long last = journal.write(message(5, body(5, 100)));
    disk.breakWritesAfter(1);
    disk.letForces();

    journal.awaitKept(held);
    journal.awaitKept(kept);
    Health health = journal.await(Health.State.FORCE_FAILED);
    assertThat(health.message()).contains("the library is gone").contains("restart the server");
    journal.awaitLost(last);
    journal.awaitLost(journal.write(message(6, body(6, 100))));
    assertThat(journal.read(1)[0]).isEqualTo(body(1, 100));
    assertThat(journal.closesWell()).isFalse();
  }

  @Test
  void writer_thatFailsAndCannotTellOfItAtOnce_doesLater() {
    CompletableFuture<Long> lost = new CompletableFuture<>();
    journal.journal().listen(new DeafListener(lost));
    long number = journal.write(message(2, body(2, 100)));

    assertThat(lost.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(number);
    assertThat(journal.journal().health().state()).isEqualTo(Health.State.FORCE_FAILED);
    assertThat(journal.read(1)[0]).isEqualTo(body(1, 100));
    assertThat(journal.closesWell()).isFalse();
  }

  /** One that takes nothing when it is told it for the first time. */
  private static final class DeafListener implements Journal.Listener {
    private final CompletableFuture<Long> lost;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    DeafListener(CompletableFuture<Long> lost) {
      this.lost = lost;
    }

    private void take(String what) {
      if (told.add(what)) {
        throw new OutOfMemoryError("Java heap space");
      }
    }

    @Override
    public void kept(long number) {
      take("kept");
    }

    @Override
    public void lost(long number) {
      take("lost");
      lost.complete(number);
    }

    @Override
    public void changed(Health health) {
      take("changed");
    }
  }

  @Test
  void read_behindOneWhoseTakerFails_isAnswered() {
    journal
        .journal()
        .read(
            new long[] {1},
            found -> {
              throw new LinkageError("as the test wants it");
            });

    assertThat(journal.read(1)[0]).isEqualTo(body(1, 100));
    journal.keep(new Entry.BodyGone(1));
    journal.close();
  }

  /** Reopens it with forces that are due after a while, and has it keep something unforced. */
  private int keepUnforced(Duration interval) throws JournalException {
    journal.close();
    journal =
        OpenJournal.in(
            new JournalOptions(folder, Sync.INTERVAL, interval, 0, OpenJournal.MEMORY), disk);
    int before = disk.forces();
    journal.keep(message(2, body(2, 100)));
    return before;
  }

  @Test
  void force_dueWhileWritesFail_isDoneAllTheSame() throws Exception {
    int before = keepUnforced(Duration.ofSeconds(1));
    disk.failWrites(true);
    journal.awaitLost(journal.write(message(3, body(3, 100))));
    disk.awaitFailedWrites(3);
    assertThat(journal.journal().health().state()).isEqualTo(Health.State.WRITE_FAILED);
    assertThat(disk.forces()).isEqualTo(before + 1);

    disk.failWrites(false);
    journal.await(Health.State.WELL);
    journal.keep(message(4, body(4, 100)));
    assertThat(journal.closesWell()).isTrue();
  }

  @Test
  void close_whileWritesFail_forcesWhatWasKept() throws Exception {
    int before = keepUnforced(Duration.ofHours(1));
    disk.failWrites(true);
    journal.awaitLost(journal.write(message(3, body(3, 100))));

    assertThat(journal.closesWell()).isFalse();
    assertThat(disk.forces()).isEqualTo(before + 1);
  }
}
