package io.baozi.broker.queue;

import org.junit.jupiter.api.Test;

/**
 * Random requests to queues, against {@link QueueModel}; after every step both agree and the
 * promises of the queue hold. With {@code -Dbaozi.seed=N} that seed runs alone.
 */
final class MessageQueueModelTest {
  private static final int SEEDS = 1000;
  private static final int STEPS = 1000;

  @Test
  void queues_randomRequests_doWhatTheObviousQueuesDo() {
    String asked = System.getProperty("baozi.seed");
    if (asked != null) {
      new QueueRun(Long.parseLong(asked)).go(STEPS);
      return;
    }
    for (long seed = 0; seed < SEEDS; seed++) {
      new QueueRun(seed).go(STEPS);
    }
  }
}
