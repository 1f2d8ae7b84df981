package io.baozi.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.torture.TortureRun.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A short run against the jar: whatever ends it, it has what it said that it keeps. */
class TortureIT {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  @Timeout(300)
  void jar_killedCutOffAndOnAFaultyDisk_keepsItsPromises() throws Exception {
    boolean isFaulty = FaultyDisk.obstacle() == null;
    Outcome outcome = TortureRun.run(folder, System.nanoTime(), Round.few(isFaulty).iterator());
    assertThat(outcome.violations().stream().limit(10)).isEmpty();
    atLeast(outcome.tally(), "ends, killed", 3);
    atLeast(outcome.tally(), "puts acknowledged, synced", 100);
    atLeast(outcome.tally(), "puts acknowledged, memory", 10);
    atLeast(outcome.tally(), "deliveries", 100);
    atLeast(outcome.tally(), "acks answered", 50);
    atLeast(outcome.tally(), "locks granted", 5);
    if (isFaulty) {
      atLeast(outcome.tally(), "ends, power cut", 2);
      atLeast(outcome.tally(), "faults, full disk", 1);
      atLeast(outcome.tally(), "faults, failed force", 1);
    }
  }

  private static void atLeast(Tally tally, String what, long count) {
    assertThat(tally.get(what)).as("%s in%n%s", what, tally).isGreaterThanOrEqualTo(count);
  }
}
