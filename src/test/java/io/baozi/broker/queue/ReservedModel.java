package io.baozi.broker.queue;

import java.util.ArrayList;

/** What becomes of the messages of a queue of the model that somebody has reserved. */
final class ReservedModel {
  private static final long HOUR = 3_600_000;

  private final QueueModel queue;
  private final Settings settings;

  ReservedModel(QueueModel queue) {
    this.queue = queue;
    this.settings = queue.settings;
  }

  /** The message of this id if this session has reserved it, else null. */
  private MessageModel held(long id, SessionModel session) {
    return session.held.stream()
        .filter(message -> message.id == id && message.queue == queue)
        .findFirst()
        .orElse(null);
  }

  boolean acknowledge(long id, SessionModel session) {
    MessageModel message = held(id, session);
    if (message != null) {
      release(message);
      queue.messages.remove(message);
      queue.ackCount++;
    }
    return message != null;
  }

  boolean nack(long id, SessionModel session, long delay, long now) {
    MessageModel message = held(id, session);
    if (message != null) {
      queue.nackCount++;
      message.cameBack(Return.End.NACK, now);
      comeBack(message, delay == MessageQueue.BACKOFF ? backoff(message) : delay, now);
    }
    return message != null;
  }

  boolean kill(long id, SessionModel session, long now) {
    MessageModel message = held(id, session);
    if (message != null) {
      queue.nackCount++;
      message.cameBack(Return.End.NACK, now);
      release(message);
      die(message, Death.Reason.NACK, now);
    }
    return message != null;
  }

  boolean touch(long id, SessionModel session, long ttr, long now) {
    MessageModel message = held(id, session);
    if (message != null) {
      message.ttr = ttr == 0 ? message.ttr : ttr;
      queue.world.agenda.set(message, now + message.ttr);
    }
    return message != null;
  }

  /** Nobody said what became of it. */
  void lapse(MessageModel message, Return.End end, long now) {
    message.cameBack(end, now);
    comeBack(message, 0, now);
  }

  /** The first delay, doubled with each attempt up to an hour, times 0.5 to 1.5. */
  private long backoff(MessageModel message) {
    double doubled = settings.backoff();
    for (int i = 1; i < message.attempt && doubled < HOUR; i++) {
      doubled *= 2;
    }
    double chance = Chance.unit(message.id, queue.world.index);
    return Math.round(Math.min(HOUR, doubled) * (0.5 + chance));
  }

  /** It takes its old place, unless it has been delivered as often as may be. */
  private void comeBack(MessageModel message, long delay, long now) {
    release(message);
    if (settings.attempts() > 0 && message.attempt >= settings.attempts()) {
      die(message, Death.Reason.ATTEMPTS, now);
    } else {
      queue.place(message, now + delay, now);
    }
  }

  /** Nobody has it any more; the subscription that had it may have another. */
  void release(MessageModel message) {
    queue.world.agenda.cancel(message);
    message.holder.held.remove(message);
    message.holder = null;
    SubscriptionModel subscription = message.subscription;
    message.subscription = null;
    if (subscription != null) {
      queue.takers.regulate(subscription);
    }
  }

  /** It stays among the dead, or moves to the queue that takes them. */
  private void die(MessageModel message, Death.Reason reason, long now) {
    message.death =
        new Death(queue.name, message.id, reason, now, message.attempt, message.history);
    message.history = new ArrayList<>();
    message.state = State.DEAD;
    if (settings.deadLetter() != null) {
      queue.messages.remove(message);
      queue.movedCount++;
      queue.bury(message, now);
    }
  }
}
