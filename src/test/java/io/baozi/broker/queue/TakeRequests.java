package io.baozi.broker.queue;

import static io.baozi.broker.queue.QueueComparison.require;

import io.baozi.broker.waiting.Waiter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random requests of consumers, to both worlds. */
final class TakeRequests {
  private final QueueTwins twins;
  private final Random random;

  TakeRequests(QueueTwins twins) {
    this.twins = twins;
    this.random = twins.random;
  }

  /** A take from one queue, or from several in any order. */
  void take() {
    List<String> names = new ArrayList<>(QueueTwins.NAMES);
    Collections.shuffle(names, random);
    int several = random.nextInt(3) == 0 ? 1 + random.nextInt(names.size()) : 1;
    take(names.subList(0, several), twins.deadline(), random.nextInt(4) == 0);
  }

  /** A take that does not wait, of what is consumed at once. */
  void consumeSome(String name) {
    take(List.of(name), twins.now, true);
  }

  private void take(List<String> names, long deadline, boolean autoAck) {
    int session = random.nextInt(QueueTwins.SESSIONS);
    TakeModel take =
        new TakeModel(
            twins.nextNumber(),
            twins.sessionModels.get(session),
            deadline,
            1 + random.nextInt(4),
            ttr(),
            autoAck);
    twins.doing =
        "take %d of %d from %s, ttr %d, autoAck %s, until %d, at %d"
            .formatted(take.number, take.max, names, take.ttr, autoAck, deadline, twins.now);
    Take real =
        twins.real
        .new TestTake(take.number, twins.sessions.get(session), take.max, take.ttr, autoAck);
    twins.waiters.put(take, real);
    MessageQueue.take(real, names.stream().map(twins.real::queue).toList(), deadline, twins.now);
    QueueModel.take(take, names.stream().map(twins.model::queue).toList(), twins.now);
  }

  /** 0, which is the queue's own, or another. */
  private long ttr() {
    return random.nextBoolean() ? 0 : 1 + random.nextInt(80);
  }

  void consume(MessageQueue queue, QueueModel its) {
    int session = random.nextInt(QueueTwins.SESSIONS);
    SubscriptionModel subscription =
        new SubscriptionModel(
            twins.nextNumber(), twins.sessionModels.get(session), 1 + random.nextInt(4), ttr());
    twins.doing =
        "consume %d from %s, credit %d, at %d"
            .formatted(subscription.number, its.name, subscription.credit, twins.now);
    Subscription real =
        twins.real
        .new TestSubscription(
            subscription.number,
            twins.sessions.get(session),
            subscription.credit,
            subscription.ttr);
    twins.waiters.put(subscription, real);
    queue.consume(real, twins.now);
    its.takers.arrive(subscription, twins.now);
  }

  /** A session reads what it was handed, which lets its subscriptions go on. */
  void read(int session) {
    twins.doing = "reading of session %d, at %d".formatted(session, twins.now);
    twins.sessions.get(session).unread = 0;
    twins.sessionModels.get(session).unread = 0;
    for (WaitModel wait : twins.waiters.keySet()) {
      if (wait.session == twins.sessionModels.get(session)
          && wait instanceof SubscriptionModel subscription) {
        regulate(subscription, twins.waiters.get(wait));
      }
    }
  }

  private void regulate(SubscriptionModel subscription, Waiter real) {
    ((Subscription) real).regulate(twins.now);
    QueueModel its = subscription.queues.get(0);
    its.takers.regulate(subscription);
    its.settle(twins.now);
  }

  /**
   * Says what became of a few messages of one queue, before anybody goes on: mostly of what is
   * held, sometimes by somebody else, or of what is nobody's.
   */
  void settle(String name) {
    int session = random.nextInt(QueueTwins.SESSIONS);
    List<MessageModel> held = List.copyOf(twins.sessionModels.get(session).held);
    boolean stranger = held.isEmpty() || random.nextInt(6) == 0;
    QueueModel its = stranger ? twins.model.queue(name) : twins.one(held).queue;
    MessageQueue queue = twins.real.queue(its.name);
    twins.doing = "of " + its.name;
    for (int i = random.nextInt(3); i >= 0; i--) {
      long id = stranger ? random.nextInt(1000) : twins.one(held).id;
      change(queue, its, id, session);
    }
    queue.settle(twins.now);
    its.settle(twins.now);
  }

  private void change(MessageQueue queue, QueueModel its, long id, int session) {
    int kind = random.nextInt(16);
    if (kind < 7) {
      acknowledge(queue, its, id, session);
    } else if (kind < 13) {
      long delay = random.nextBoolean() ? MessageQueue.BACKOFF : random.nextInt(30);
      nack(queue, its, id, session, delay);
    } else if (kind < 14) {
      kill(queue, its, id, session);
    } else {
      touch(queue, its, id, session, random.nextBoolean() ? 0 : 1 + random.nextInt(40));
    }
  }

  private void acknowledge(MessageQueue queue, QueueModel its, long id, int session) {
    twins.doing += ": ack %d by %d".formatted(id, session);
    same(
        queue.acknowledge(id, holder(session), twins.now),
        its.reserved.acknowledge(id, twins.sessionModels.get(session)));
  }

  private void nack(MessageQueue queue, QueueModel its, long id, int session, long delay) {
    twins.doing += ": nack %d by %d, delay %d, at %d".formatted(id, session, delay, twins.now);
    same(
        queue.nack(id, holder(session), delay, twins.now),
        its.reserved.nack(id, twins.sessionModels.get(session), delay, twins.now));
  }

  private void kill(MessageQueue queue, QueueModel its, long id, int session) {
    twins.doing += ": kill %d by %d, at %d".formatted(id, session, twins.now);
    same(
        queue.kill(id, holder(session), twins.now),
        its.reserved.kill(id, twins.sessionModels.get(session), twins.now));
  }

  private void touch(MessageQueue queue, QueueModel its, long id, int session, long ttr) {
    twins.doing += ": touch %d by %d, ttr %d, at %d".formatted(id, session, ttr, twins.now);
    same(
        queue.touch(id, holder(session), ttr, twins.now),
        its.reserved.touch(id, twins.sessionModels.get(session), ttr, twins.now));
  }

  private Holder holder(int session) {
    return twins.sessions.get(session).holder;
  }

  private static void same(boolean holds, boolean expected) {
    require(holds == expected, "this session holds it: %s, not %s", holds, expected);
  }
}
