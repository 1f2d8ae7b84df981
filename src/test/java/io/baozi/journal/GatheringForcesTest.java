package io.baozi.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who comes again after a force goes with the next one, all of them together. */
@Timeout(60)
class GatheringForcesTest {
  private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(30);

  /** The moment in which one may come again is short, and a busy machine may miss it. */
  private static final int ATTEMPTS = 100;

  @TempDir Path directory;

  private final FaultyStrokes strokes = new FaultyStrokes();
  private long bodies;

  @Test
  void force_twoOfTheLastOneComeAgain_takesBoth() throws Exception {
    JournalOptions options = OpenJournal.options(directory, Sync.ALWAYS);
    try (OpenJournal journal = OpenJournal.in(options, strokes)) {
      boolean together = false;
      for (int i = 0; i < ATTEMPTS && !together; i++) {
        forceSlowly(journal);
        together = comeAgain(journal) == 1;
      }
      assertThat(together).isTrue();
    }
  }

  /** Two entries in one force that takes long. */
  private void forceSlowly(OpenJournal journal) throws InterruptedException {
    strokes.holdForces();
    long number = journal.write(entry(), entry());
    strokes.awaitForce();
    long until = System.nanoTime() + SLOW;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    strokes.letForces();
    journal.awaitKept(number);
  }

  /** One comes, and another once the writer waits; how many forces both take. */
  private int comeAgain(OpenJournal journal) {
    int before = strokes.forces();
    journal.write(entry());
    while (writer().getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    journal.awaitKept(journal.write(entry()));
    return strokes.forces() - before;
  }

  private static Thread writer() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("baozi-journal"))
        .findFirst()
        .orElseThrow();
  }

  private Entry entry() {
    return new Entry.BodyGone(++bodies);
  }
}
