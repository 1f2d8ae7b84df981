package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** What happens to a queue, one thing after the other; requests are numbered as they come. */
final class QueueScript {
  final QueueFixture fixture = new QueueFixture();
  final TestSession ann = new TestSession();
  final TestSession bob = new TestSession();
  final MessageQueue queue;
  long now = 1000;
  private int number;

  QueueScript(TestSettings settings) {
    queue = fixture.make("q", settings.build(), now);
  }

  /** Puts so many messages that stand alone, and waits for room. */
  void put(int count) {
    for (int i = 0; i < count; i++) {
      put(Terms.DEFAULT);
    }
  }

  void put(Terms terms) {
    queue.put(
        fixture.new TestPut(++number, QueueFixture.contents(terms, 1), null, false),
        Alarms.NEVER,
        now);
  }

  /** Puts a message for each key, all or none, and waits for room. */
  Put put(String... keys) {
    return put(Alarms.NEVER, false, keys);
  }

  Put put(long deadline, boolean each, String... keys) {
    List<Content> contents = QueueFixture.contents(Terms.DEFAULT, new int[keys.length]);
    Put put = fixture.new TestPut(++number, contents, Arrays.asList(keys), each);
    queue.put(put, deadline, now);
    return put;
  }

  Take take(TestSession session, int max) {
    return take(session, max, queue);
  }

  Take take(TestSession session, int max, MessageQueue... queues) {
    Take take = fixture.new TestTake(++number, session, max, 0, false);
    MessageQueue.take(take, List.of(queues), Alarms.NEVER, now);
    return take;
  }

  Subscription consume(TestSession session, int credit) {
    Subscription subscription = fixture.new TestSubscription(++number, session, credit, 0);
    queue.consume(subscription, now);
    return subscription;
  }

  void join(long deadline) {
    queue.join(fixture.new TestJoin(++number), deadline, now);
  }

  void ack(TestSession session, long... ids) {
    LongStream.of(ids).forEach(id -> queue.acknowledge(id, session.holder, now));
    queue.settle(now);
  }

  void nack(TestSession session, long id, long delay) {
    queue.nack(id, session.holder, delay, now);
    queue.settle(now);
  }

  void kill(TestSession session, long id) {
    queue.kill(id, session.holder, now);
    queue.settle(now);
  }

  void redrive(long id) {
    queue.redrive(id, now);
    queue.settle(now);
  }

  void cancel(Put put) {
    put.end(Ending.CANCELLED, fixture.alarms, now);
  }

  void pass(long millis) {
    now += millis;
    fixture.alarms.ring(now);
  }

  /** The ids of the messages of a state, in the order in which they are shown. */
  List<Long> ids(State state) {
    return ids(queue, state);
  }

  static List<Long> ids(MessageQueue queue, State state) {
    List<Long> ids = new ArrayList<>();
    for (Message m = queue.first(state); m != null; m = queue.after(state, m)) {
      ids.add(m.id());
    }
    return ids;
  }
}
