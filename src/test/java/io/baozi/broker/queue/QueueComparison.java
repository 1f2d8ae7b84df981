package io.baozi.broker.queue;

import io.baozi.broker.waiting.Waiter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Whether the real queues and the obvious ones agree, and keep what any queue promises. */
final class QueueComparison {
  private final QueueFixture real;
  private final WorldModel model;
  private final Map<WaitModel, Waiter> waiters;
  private final List<TestSession> sessions;
  private final List<SessionModel> sessionModels;
  private long now;

  QueueComparison(
      QueueFixture real,
      WorldModel model,
      Map<WaitModel, Waiter> waiters,
      List<TestSession> sessions,
      List<SessionModel> sessionModels) {
    this.real = real;
    this.model = model;
    this.waiters = waiters;
    this.sessions = sessions;
    this.sessionModels = sessionModels;
  }

  /** Compares all, and forgets the ends that it has seen. */
  void check(long at) {
    now = at;
    ends();
    waiters.forEach((wait, waiter) -> require(!wait.hasEnded, "%d waits on", wait.number));
    long memory = 0;
    for (QueueModel queue : model.queues.values()) {
      compare(real.queue(queue.name), queue);
      memory += queue.memory();
    }
    same("memory", real.memory.used(), memory);
    same("alarms", real.alarms.size(), model.agenda.size());
    same("the next alarm", real.alarms.next(), model.agenda.nextDue());
    for (int i = 0; i < sessions.size(); i++) {
      same("held by a session", sessions.get(i).holder.size(), sessionModels.get(i).held.size());
    }
  }

  /** Who waits ends once: the model refuses to end anybody twice, and so does the real one. */
  private void ends() {
    waiters.values().removeIf(Waiter::hasEnded);
    real.ends.sort(Comparator.naturalOrder());
    model.ends.sort(Comparator.naturalOrder());
    require(real.ends.equals(model.ends), "ended %s, not %s", real.ends, model.ends);
    require(real.pushes.equals(model.pushes), "pushed %s, not %s", real.pushes, model.pushes);
    List.of(real.ends, model.ends, real.pushes, model.pushes).forEach(List::clear);
  }

  private void compare(MessageQueue queue, QueueModel expected) {
    for (State state : State.values()) {
      compare(queue, state, expected.in(state));
    }
    Stats stats = queue.stats(now);
    same("puts", stats.puts(), expected.putCount);
    same("takes", stats.takes(), expected.takeCount);
    same("acks", stats.acks(), expected.ackCount);
    same("nacks", stats.nacks(), expected.nackCount);
    same("expired", stats.expired(), expected.expiredCount);
    same("bytes", stats.bytes(), expected.bytes());
    same("the oldest age", stats.oldestAge(), expected.oldestAge(now));
    same("puts that wait", stats.waitingPuts(), expected.puts.line().size());
    same("takes that wait", stats.waitingTakes(), expected.takers.waitingTakes());
    same("joins that wait", stats.waitingJoins(), expected.joins.size());
    same("subscriptions", stats.consumers(), expected.takers.subscriptions().size());
    same("keys", stats.keys(), expected.puts.knownKeys().size());
    require(queue.isPaused() == expected.paused, "paused");
    promises(queue, stats, expected);
  }

  private void compare(MessageQueue queue, State state, List<MessageModel> expected) {
    same(state.wire(), queue.count(state), expected.size());
    Message message = queue.first(state);
    for (MessageModel other : expected) {
      require(message != null, "too few are %s", state);
      compare(message, other);
      message = queue.after(state, message);
    }
    require(message == null, "too many are %s", state);
  }

  private void compare(Message message, MessageModel expected) {
    same("id", expected.id, message.id(), expected.id);
    same("length", expected.id, message.bytes(), expected.length);
    same("attempt", expected.id, message.attempt(), expected.attempt);
    same("put", expected.id, message.putAt(), expected.putAt);
    same("session", expected.id, holder(message), sessionModels.indexOf(expected.holder));
    same("history", expected.id, message.history(), expected.history);
    same("death", expected.id, message.content().headers(), expected.death);
    same("alarm", expected.id, message.isSet() ? 1 : 0, model.agenda.has(expected) ? 1 : 0);
  }

  private int holder(Message message) {
    int index = -1;
    for (int i = 0; i < sessions.size(); i++) {
      index = sessions.get(i).holder == message.holder ? i : index;
    }
    return index;
  }

  /** What holds whatever the model says. */
  private void promises(MessageQueue queue, Stats stats, QueueModel expected) {
    int held = stats.ready() + stats.delayed() + stats.reserved();
    same("held", queue.held(), held);
    same(
        "puts that are accounted for",
        stats.puts(),
        stats.acks()
            + stats.expired()
            + expected.purgedCount
            + expected.movedCount
            + held
            + stats.dead());
    require(
        held <= queue.settings().capacity() + expected.fromTheDead(),
        "%d messages, over the capacity",
        held);
    require(!queue.canServe() || stats.waitingTakes() == 0, "a take waits beside a message");
    List<PutModel> waiting = expected.puts.line();
    require(held > 0 || stats.waitingJoins() == 0, "a join waits beside nothing");
    require(
        waiting.isEmpty() || !expected.puts.hasRoom(waiting.get(0)), "a put waits beside its room");
    if (queue.canServe()) {
      expected
          .takers
          .subscriptions()
          .forEach(subscription -> require(!subscription.isEager(), "a subscription waits"));
    }
  }

  private static void same(String what, long real, long expected) {
    if (real != expected) {
      throw new AssertionError(what + ": " + real + ", not " + expected);
    }
  }

  private static void same(String what, long id, long real, long expected) {
    if (real != expected) {
      throw new AssertionError(what + " of " + id + ": " + real + ", not " + expected);
    }
  }

  private static void same(String what, long id, Object real, Object expected) {
    if (!Objects.equals(real, expected)) {
      throw new AssertionError(what + " of " + id + ": " + real + ", not " + expected);
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency of ours
  static void require(boolean holds, String message, Object... arguments) {
    if (!holds) {
      throw new AssertionError(message.formatted(arguments));
    }
  }
}
