package io.baozi.broker;

import org.junit.jupiter.api.Test;

/**
 * Random requests for locks, semaphores, events, latches and barriers in sessions that are cut and
 * resumed, against {@link WorldModel}: every frame agrees, and what is promised holds after every
 * step. With {@code -Dbaozi.seed=N} that seed runs alone.
 */
final class CoordinationModelTest {
  private static final int SEEDS = 100;
  private static final int STEPS = 400;

  @Test
  void coordination_randomRequests_givesTheFramesOfTheObviousBroker() {
    String asked = System.getProperty("baozi.seed");
    if (asked != null) {
      new CoordinationRun(Long.parseLong(asked)).go(STEPS);
      return;
    }
    for (long seed = 0; seed < SEEDS; seed++) {
      new CoordinationRun(seed).go(STEPS);
    }
  }
}
