package io.baozi.cli;

import io.baozi.cli.WorkTerms.Outcome;
import io.baozi.client.Message;
import io.baozi.client.QueueDeclaration;
import io.baozi.client.QueueSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The queues that are worked on, as they were set when the work began. */
final class WorkQueues {
  private final Map<String, QueueSettings> settings;

  WorkQueues(Map<String, QueueSettings> settings) {
    this.settings = Map.copyOf(settings);
  }

  /** Asks the server; makes those that are not there. */
  static WorkQueues ask(Session session, WorkTerms terms) {
    Map<String, QueueSettings> settings = new HashMap<>();
    for (String name : terms.queues()) {
      settings.put(
          name, session.await(session.client().queue(name).declare(QueueDeclaration.DEFAULT)));
    }
    return new WorkQueues(settings);
  }

  /** How long a queue reserves a message of which nothing else is said. */
  Duration ttr(String queue) {
    return settings.get(queue).ttr();
  }

  /** What becomes of a message: who is given back after the last attempt is dead. */
  Outcome fate(Message message, Outcome outcome) {
    return outcome != Outcome.DONE && isAtLastAttempt(message) ? Outcome.DEAD : outcome;
  }

  /** Whether a message that comes back now is dead. */
  boolean isAtLastAttempt(Message message) {
    long attempts = settings.get(message.queue()).attempts();
    return attempts > 0 && message.attempt() >= attempts;
  }

  /** The queue that the dead of this one go to; null if they stay, apart. */
  String deadLetter(String queue) {
    return settings.get(queue).deadLetter();
  }
}
