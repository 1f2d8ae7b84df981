package io.baozi.torture;

import io.baozi.client.QueueDeclaration;
import io.baozi.client.QueueOrder;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/** The queues of the crash test, each with settings that may be lost in a way of their own. */
enum Plan {
  /** Nothing but what queues are by default. */
  PLAIN(QueueDeclaration.DEFAULT),
  /** Ordered by priority. */
  PRIORITY(QueueDeclaration.DEFAULT.withOrder(QueueOrder.PRIORITY)),
  /** Those that failed twice die and stay. */
  STAYING(QueueDeclaration.DEFAULT.withAttempts(2).withTtr(Duration.ofMinutes(5))),
  /** Where those go that died in {@link #FAILING}; nobody puts here. */
  GRAVE(QueueDeclaration.DEFAULT),
  /** Those that failed thrice go to another queue. */
  FAILING(QueueDeclaration.DEFAULT.withAttempts(3).withDeadLetter(GRAVE.queue())),
  /** Each put has a key. */
  KEYED(QueueDeclaration.DEFAULT.withDedup(Duration.ofDays(1))),
  /** Each put has a delay. */
  LATE(QueueDeclaration.DEFAULT.withCapacity(20_000)),
  /** Each put has a ttl. */
  FADING(QueueDeclaration.DEFAULT),
  /** Purged, paused and deleted now and then; by default, as a put would make it. */
  PASSING(QueueDeclaration.DEFAULT);

  @SuppressWarnings("ImmutableEnumChecker") // a record of values
  private final QueueDeclaration declaration;

  Plan(QueueDeclaration declaration) {
    this.declaration = declaration;
  }

  /** Its name on the server. */
  final String queue() {
    return "torture." + name().toLowerCase(Locale.ROOT);
  }

  QueueDeclaration declaration() {
    return declaration;
  }

  /** The queue of a name. */
  static Plan of(String queue) {
    return Stream.of(values()).filter(each -> each.queue().equals(queue)).findFirst().orElseThrow();
  }

  /** Whether a message that was put here may be found there. */
  boolean leadsTo(Plan there) {
    return this == there || (this == FAILING && there == GRAVE);
  }
}
