package io.baozi.broker;

import org.junit.jupiter.api.Test;

/**
 * Random requests to a server that is killed, loses power or is stopped ever so often; what it
 * answered is true for ever. With {@code -Dbaozi.seed=N} that seed runs alone.
 */
class CrashModelTest {
  private static final int SEEDS = 100;
  private static final int STEPS = 300;

  @Test
  void server_crashesAtRandom_keepsAllThatItAnswered() {
    String asked = System.getProperty("baozi.seed");
    if (asked != null) {
      new CrashRun(Long.parseLong(asked)).go(STEPS);
      return;
    }
    for (long seed = 0; seed < SEEDS; seed++) {
      new CrashRun(seed).go(STEPS);
    }
  }
}
