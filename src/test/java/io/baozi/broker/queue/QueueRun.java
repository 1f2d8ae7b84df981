package io.baozi.broker.queue;

import static io.baozi.broker.queue.QueueComparison.require;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Waiter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One seed's life: random requests of several sessions to three queues that share alarms, memory
 * and sessions and may bury each other's dead, to the real ones and to the model.
 */
final class QueueRun {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final List<String> KEYS = List.of("k", "key", "longer key");
  private static final int SESSIONS = 4;

  private final long seed;
  private final Random random;
  private final QueueFixture real = new QueueFixture();
  private final WorldModel model = new WorldModel();
  private final List<TestSession> sessions = new ArrayList<>();
  private final List<SessionModel> sessionModels = new ArrayList<>();
  private final Map<WaitModel, Waiter> waiters = new LinkedHashMap<>();
  private final QueueComparison comparison =
      new QueueComparison(real, model, waiters, sessions, sessionModels);
  private long now = 1_000_000;
  private int step;
  private int lastNumber;
  private String doing = "the making";

  QueueRun(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    for (String name : NAMES) {
      make(name);
    }
    for (int i = 0; i < SESSIONS; i++) {
      TestSession session = new TestSession();
      session.window = random.nextBoolean() ? 1 + random.nextInt(5) : Integer.MAX_VALUE;
      sessions.add(session);
      sessionModels.add(new SessionModel(session.window));
    }
  }

  /** Lives for so many steps, then empties all. */
  void go(int steps) {
    try {
      for (step = 0; step < steps; step++) {
        real.index = step;
        model.index = step;
        step();
        comparison.check(now);
      }
      emptyAll();
      comparison.check(now);
      require(real.memory.used() == 0, "all is gone, memory is not", real.memory.used());
      require(real.alarms.size() == 0, "all is gone, alarms are not", real.alarms.size());
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d (-Dbaozi.seed=%d), step %d, %s: %s"
              .formatted(seed, seed, step, doing, e.getMessage()),
          e);
    }
  }

  private void make(String name) {
    String other = NAMES.get(random.nextInt(NAMES.size()));
    boolean bounded = random.nextInt(3) == 0;
    Settings settings =
        TestSettings.with()
            .order(List.of(Order.values()).get(random.nextInt(3)))
            .capacity(1 + random.nextInt(random.nextBoolean() ? 3 : 12))
            .maxBytes(bounded ? 30 + random.nextInt(200) : 0)
            .ttr(1 + random.nextInt(50))
            .attempts(random.nextInt(4))
            .backoff(random.nextBoolean() ? 0 : 1 + random.nextInt(20))
            .ttl(random.nextInt(3) == 0 ? 1 + random.nextInt(100) : 0)
            .deadLetter(other.equals(name) || random.nextBoolean() ? null : other)
            .dedup(random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(60))
            .build();
    real.make(name, settings, now);
    model.make(name, settings);
  }

  private void step() {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    MessageQueue queue = real.queue(name);
    QueueModel its = model.queue(name);
    int request = random.nextInt(200);
    if (request < 44) {
      put(queue, its);
    } else if (request < 70) {
      take();
    } else if (request < 78) {
      consume(queue, its);
    } else if (request < 140) {
      settle(name);
    } else if (request < 150) {
      end();
    } else if (request < 156) {
      flow(random.nextInt(SESSIONS));
    } else if (request < 160) {
      pauseOrResume(queue, its);
    } else if (request < 163) {
      join(queue, its);
    } else if (request < 169) {
      redrive(queue, its);
    } else if (request < 172) {
      purge(queue, its);
    } else if (request < 173) {
      delete(queue, its);
    } else if (request < 176) {
      peek(queue, its);
    } else {
      pass(random.nextInt(4) == 0 ? random.nextInt(60) : random.nextInt(4));
    }
  }

  // Producers

  private void put(MessageQueue queue, QueueModel its) {
    boolean batch = random.nextInt(3) == 0;
    boolean each = batch && random.nextBoolean();
    int[] lengths = lengths(its.settings, batch, each);
    List<String> keys = random.nextInt(3) == 0 ? keys(lengths.length) : null;
    Terms terms = terms();
    int session = random.nextInt(SESSIONS);
    PutModel put =
        new PutModel(
            ++lastNumber, sessionModels.get(session), deadline(), lengths, keys, terms, each);
    doing =
        "put %d to %s, lengths %s, keys %s, %s, each %s, until %d, at %d"
            .formatted(
                put.number,
                its.name,
                Arrays.toString(lengths),
                keys,
                terms,
                each,
                put.deadline,
                now);
    Put other = real.new TestPut(put.number, QueueFixture.contents(terms, lengths), keys, each);
    waiters.put(put, other);
    queue.put(other, put.deadline, now);
    its.put(put, now);
  }

  /** A batch, all or none, that could never have room is refused before it comes to a queue. */
  private int[] lengths(Settings settings, boolean batch, boolean each) {
    int most = settings.capacity() + (each ? 2 : 0);
    int[] lengths = random.ints(batch ? 1 + random.nextInt(most) : 1, 0, 40).toArray();
    if (!each && settings.maxBytes() > 0 && IntStream.of(lengths).sum() > settings.maxBytes()) {
      return new int[] {lengths[0]};
    }
    return lengths;
  }

  private List<String> keys(int count) {
    return Stream.generate(() -> random.nextInt(3) == 0 ? null : one(KEYS)).limit(count).toList();
  }

  private Terms terms() {
    long delay = random.nextInt(4) == 0 ? random.nextInt(40) : 0;
    long ttl =
        switch (random.nextInt(6)) {
          case 0 -> 0;
          case 1 -> 1 + random.nextInt(80);
          default -> Terms.QUEUE_TTL;
        };
    return new Terms(random.nextInt(5) - 2, delay, ttl);
  }

  private long deadline() {
    return switch (random.nextInt(3)) {
      case 0 -> now;
      case 1 -> now + 1 + random.nextInt(50);
      default -> Alarms.NEVER;
    };
  }

  // Consumers

  private void take() {
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    names = names.subList(0, random.nextInt(3) == 0 ? 1 + random.nextInt(names.size()) : 1);
    take(random.nextInt(SESSIONS), names, deadline(), random.nextInt(4) == 0);
  }

  private void take(int session, List<String> names, long deadline, boolean autoAck) {
    int max = 1 + random.nextInt(4);
    long ttr = random.nextBoolean() ? 0 : 1 + random.nextInt(80);
    TakeModel take =
        new TakeModel(++lastNumber, sessionModels.get(session), deadline, max, ttr, autoAck);
    doing =
        "take %d of %d from %s, ttr %d, autoAck %s, until %d, at %d"
            .formatted(take.number, max, names, ttr, autoAck, deadline, now);
    Take other = real.new TestTake(take.number, sessions.get(session), max, ttr, autoAck);
    waiters.put(take, other);
    MessageQueue.take(other, names.stream().map(real::queue).toList(), deadline, now);
    QueueModel.take(take, names.stream().map(model::queue).toList(), now);
  }

  private void consume(MessageQueue queue, QueueModel its) {
    int session = random.nextInt(SESSIONS);
    int credit = 1 + random.nextInt(4);
    long ttr = random.nextBoolean() ? 0 : 1 + random.nextInt(80);
    SubscriptionModel subscription =
        new SubscriptionModel(++lastNumber, sessionModels.get(session), credit, ttr);
    doing = "consume %d from %s, credit %d".formatted(subscription.number, its.name, credit);
    Subscription other =
        real.new TestSubscription(subscription.number, sessions.get(session), credit, ttr);
    waiters.put(subscription, other);
    queue.consume(other, now);
    its.consume(subscription, now);
  }

  /** A session reads what it was handed, which lets its subscriptions go on. */
  private void flow(int session) {
    doing = "reading of session " + session;
    sessions.get(session).unread = 0;
    sessionModels.get(session).unread = 0;
    waiters.forEach(
        (wait, waiter) -> {
          if (wait.session == sessionModels.get(session)
              && wait instanceof SubscriptionModel subscription) {
            ((Subscription) waiter).regulate(now);
            QueueModel its = subscription.queues.get(0);
            its.regulate(subscription);
            its.settle(now);
          }
        });
  }

  /** Mostly of what is held; sometimes by somebody else, or of what is nobody's. */
  private void settle(String name) {
    int session = random.nextInt(SESSIONS);
    List<MessageModel> held = sessionModels.get(session).held;
    boolean stranger = held.isEmpty() || random.nextInt(6) == 0;
    MessageModel message = stranger ? null : one(held);
    QueueModel its = stranger ? model.queue(name) : message.queue;
    long id = stranger ? random.nextInt(1000) : message.id;
    settle(real.queue(its.name), its, id, session);
  }

  private void settle(MessageQueue queue, QueueModel its, long id, int session) {
    Holder holder = sessions.get(session).holder;
    SessionModel other = sessionModels.get(session);
    boolean done;
    boolean expected;
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3, 4, 5, 6 -> {
        doing = "ack %d by %d".formatted(id, session);
        done = queue.acknowledge(id, holder, now);
        expected = its.acknowledge(id, other);
      }
      case 7, 8, 9, 10, 11, 12 -> {
        long delay = random.nextBoolean() ? MessageQueue.BACKOFF : random.nextInt(30);
        doing = "nack %d by %d, delay %d, at %d".formatted(id, session, delay, now);
        done = queue.nack(id, holder, delay, now);
        expected = its.nack(id, other, delay, now);
      }
      case 13 -> {
        doing = "kill %d by %d, at %d".formatted(id, session, now);
        done = queue.kill(id, holder, now);
        expected = its.kill(id, other, now);
      }
      default -> {
        long ttr = random.nextBoolean() ? 0 : 1 + random.nextInt(40);
        doing = "touch %d by %d, ttr %d, at %d".formatted(id, session, ttr, now);
        done = queue.touch(id, holder, ttr, now);
        expected = its.touch(id, other, ttr, now);
      }
    }
    queue.settle(now);
    its.settle(now);
    require(done == expected, "this holder has it, and has it not", done, expected);
  }

  // Ends

  private void end() {
    List<WaitModel> waiting = new ArrayList<>(waiters.keySet());
    if (random.nextInt(4) == 0) {
      endSession(random.nextInt(SESSIONS));
    } else if (!waiting.isEmpty()) {
      WaitModel wait = one(waiting);
      doing = "cancel " + wait.number;
      waiters.get(wait).end(Ending.CANCELLED, real.alarms, now);
      model.end(wait, Ending.CANCELLED, now);
    }
  }

  private void endSession(int session) {
    doing = "end of session %d, at %d".formatted(session, now);
    List<WaitModel> its = new ArrayList<>(waiters.keySet());
    its.removeIf(wait -> wait.session != sessionModels.get(session));
    Waiter.endAll(its.stream().map(waiters::get).toList(), Ending.CANCELLED, real.alarms, now);
    sessions.get(session).holder.giveBackAll(now);
    model.endSession(sessionModels.get(session), its, now);
  }

  // The whole queue

  private void pauseOrResume(MessageQueue queue, QueueModel its) {
    doing = (its.paused ? "resume " : "pause ") + its.name;
    if (its.paused) {
      queue.resume(now);
    } else {
      queue.pause();
    }
    its.paused = !its.paused;
    its.settle(now);
  }

  private void join(MessageQueue queue, QueueModel its) {
    JoinModel join = new JoinModel(++lastNumber, one(sessionModels), deadline());
    doing = "join %d of %s until %d, at %d".formatted(join.number, its.name, join.deadline, now);
    Join other = real.new TestJoin(join.number);
    waiters.put(join, other);
    queue.join(other, join.deadline, now);
    its.join(join, now);
  }

  private void redrive(MessageQueue queue, QueueModel its) {
    List<MessageModel> dead = its.in(State.DEAD);
    boolean all = dead.isEmpty() || random.nextBoolean();
    doing = "redrive of %s in %s, at %d".formatted(all ? "all" : "one", its.name, now);
    for (MessageModel message : all ? dead : List.of(one(dead))) {
      require(queue.redrive(message.id, now), "is not dead", message.id);
      its.redrive(message.id, now);
    }
    require(!queue.redrive(0, now), "nobody is dead");
    queue.settle(now);
    its.settle(now);
  }

  private void purge(MessageQueue queue, QueueModel its) {
    boolean dead = random.nextInt(3) > 0;
    doing = "purge of %s, dead %s".formatted(its.name, dead);
    int purged = dead ? queue.purgeDead() : queue.purge(now);
    List<State> states = dead ? List.of(State.DEAD) : List.of(State.READY, State.DELAYED);
    require(purged == its.purge(states, now), "purged otherwise", purged);
  }

  private void delete(MessageQueue queue, QueueModel its) {
    doing = "delete of " + its.name;
    queue.delete(now);
    its.delete(now);
    require(queue.isDeleted() && queue.held() == 0 && queue.count(State.DEAD) == 0, "holds on");
    make(its.name);
  }

  private void peek(MessageQueue queue, QueueModel its) {
    State state = one(List.of(State.values()));
    long id = its.messages.isEmpty() ? 1 : one(its.messages).id + random.nextInt(2);
    doing = "peek at what is %s in %s behind %d".formatted(state, its.name, id);
    String found;
    try {
      Message message = queue.firstAfter(state, id);
      found = message == null ? "nothing" : "" + message.id();
    } catch (LostPlaceException e) {
      found = "lost";
    }
    require(found.equals(its.behind(state, id)), "found", found, its.behind(state, id));
  }

  private void pass(long millis) {
    now += millis;
    doing = "at " + now;
    real.alarms.ring(now);
    model.agenda.ring(now);
  }

  /** All waits end; then everything is consumed, the dead as well, and all keys are forgotten. */
  private void emptyAll() {
    for (int session = 0; session < SESSIONS; session++) {
      endSession(session);
      comparison.check(now);
    }
    for (QueueModel its : model.queues.values()) {
      MessageQueue queue = real.queue(its.name);
      if (its.paused) {
        pauseOrResume(queue, its);
      }
      while (!its.messages.isEmpty()) {
        its.in(State.DEAD).stream().mapToLong(m -> m.id).forEach(id -> redrive(queue, its, id));
        take(0, List.of(its.name), now, true);
        pass(10);
      }
    }
    pass(1000);
    doing = "the emptying";
  }

  private void redrive(MessageQueue queue, QueueModel its, long id) {
    require(queue.redrive(id, now) == its.redrive(id, now), "is dead, and is not", id);
    queue.settle(now);
    its.settle(now);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
