package io.baozi.broker;

import io.baozi.broker.queue.Settings;
import io.baozi.frame.FrameLimits;
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
 */
public record BrokerSettings(
    String version,
    FrameLimits limits,
    int maxInFlight,
    long memory,
    Settings defaults,
    Map<String, Settings> queues) {
  public BrokerSettings {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(defaults, "defaults");
    queues = Map.copyOf(queues);
  }

  /** What a queue of this name is told. */
  Settings queue(String name) {
    return queues.getOrDefault(name, defaults);
  }
}
