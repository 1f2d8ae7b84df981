package io.baozi.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.history.HistoryRun.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short run against the jar: whatever goes wrong around it, it keeps its promises. */
class HistoryIT {
  /** Enough of everything that a promise could be broken; far below what a busy machine does. */
  private static final Map<String, Integer> AT_LEAST =
      Map.of(
          "locks granted", 50,
          "permits granted", 10,
          "put under a fence", 20,
          "connections cut", 3,
          "clients killed", 1,
          "passed on after a kill", 1,
          "clients stopped", 1,
          "server stopped", 1,
          "resumed", 1);

  @Test
  @Timeout(180)
  void jar_clientsKilledStoppedAndCut_keepsItsPromises() throws Exception {
    Outcome outcome = HistoryRun.run(System.nanoTime(), Duration.ofSeconds(8));
    List<Violation> violations = outcome.violations();
    assertThat(violations.stream().limit(5)).isEmpty();
    AT_LEAST.forEach(
        (what, count) ->
            assertThat(outcome.tally().counts().get(what))
                .as("%s in %s", what, outcome.tally())
                .isGreaterThanOrEqualTo(count));
  }
}
