package io.baozi.broker.sync;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Memory;
import java.util.Objects;

/**
 * What coordination needs of whatever it is in.
 *
 * @param alarms where the ends of waits and leases are set
 * @param memory which objects, holds and waits take
 */
public record Surroundings(Alarms alarms, Memory memory) {
  public Surroundings {
    Objects.requireNonNull(alarms, "alarms");
    Objects.requireNonNull(memory, "memory");
  }
}
