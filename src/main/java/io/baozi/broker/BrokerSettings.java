package io.baozi.broker;

import io.baozi.broker.queue.Settings;
import io.baozi.frame.FrameLimits;
import io.baozi.journal.Sync;
import java.util.Map;
import java.util.Objects;

/**
 * What a broker is told once.
 *
 * @param version of the server, as it names itself to clients
 * @param limits of frames
 * @param maxInFlight unanswered requests of a connection, past which it is not read
 * @param memory bytes that bodies, messages and waiters may take
 * @param defaults of queues that are not named
 * @param queues by name
 * @param sync when what is to be kept is forced to disk; null if nothing is kept
 * @param bodies bytes of bodies that may be in memory although they are on disk too
 */
public record BrokerSettings(
    String version,
    FrameLimits limits,
    int maxInFlight,
    long memory,
    Settings defaults,
    Map<String, Settings> queues,
    Sync sync,
    long bodies) {
  public BrokerSettings {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(defaults, "defaults");
    queues = Map.copyOf(queues);
  }

  /** The settings of a broker that keeps nothing on disk. */
  public BrokerSettings(
      String version,
      FrameLimits limits,
      int maxInFlight,
      long memory,
      Settings defaults,
      Map<String, Settings> queues) {
    this(version, limits, maxInFlight, memory, defaults, queues, null, 0);
  }

  /** Whether anything outlives the process. */
  boolean isKeeping() {
    return sync != null;
  }

  /** Whether what queues of these settings hold outlives the process. */
  boolean isKept(Settings its) {
    return isKeeping() && its.durable();
  }

  /** The word for how safe a message in such a queue is once its put is answered. */
  String durable(Settings its) {
    return isKept(its) && sync == Sync.ALWAYS ? "synced" : "memory";
  }

  /** What a queue of this name is told. */
  Settings queue(String name) {
    return queues.getOrDefault(name, defaults);
  }
}
