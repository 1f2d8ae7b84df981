package io.baozi.broker.queue;

import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Waiter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Real queues and the model's side by side, with the same settings, sessions, waits and time. */
final class QueueTwins {
  static final List<String> NAMES = List.of("a", "b", "c");
  static final int SESSIONS = 4;

  final Random random;
  final QueueFixture real = new QueueFixture();
  final WorldModel model = new WorldModel();
  final List<TestSession> sessions = new ArrayList<>();
  final List<SessionModel> sessionModels = new ArrayList<>();
  final Map<WaitModel, Waiter> waiters = new LinkedHashMap<>();
  private final QueueComparison comparison =
      new QueueComparison(real, model, waiters, sessions, sessionModels);

  long now = 1_000_000;
  private int lastNumber;

  /** What is being done, for whoever reads of a failure. */
  String doing = "the making";

  QueueTwins(long seed) {
    random = new Random(seed);
    NAMES.forEach(this::make);
    for (int i = 0; i < SESSIONS; i++) {
      TestSession session = new TestSession();
      session.window = random.nextBoolean() ? 1 + random.nextInt(5) : Integer.MAX_VALUE;
      sessions.add(session);
      sessionModels.add(new SessionModel(session.window));
    }
  }

  void make(String name) {
    Settings settings = settings(name);
    real.make(name, settings, now);
    model.make(name, settings);
  }

  private Settings settings(String name) {
    String other = one(NAMES);
    return TestSettings.with()
        .order(one(List.of(Order.values())))
        .capacity(1 + random.nextInt(random.nextBoolean() ? 3 : 12))
        .maxBytes(random.nextInt(3) == 0 ? 30 + random.nextInt(200) : 0)
        .ttr(1 + random.nextInt(50))
        .attempts(random.nextInt(4))
        .backoff(random.nextBoolean() ? 0 : 1 + random.nextInt(20))
        .ttl(random.nextInt(3) == 0 ? 1 + random.nextInt(100) : 0)
        .deadLetter(other.equals(name) || random.nextBoolean() ? null : other)
        .dedup(random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(60))
        .build();
  }

  void turn(long index) {
    real.index = index;
    model.index = index;
  }

  void pass(long millis) {
    now += millis;
    doing = "at " + now;
    real.alarms.ring(now);
    model.agenda.ring(now);
  }

  void cancel(WaitModel wait) {
    doing = "cancel " + wait.number;
    waiters.get(wait).end(Ending.CANCELLED, real.alarms, now);
    model.end(wait, Ending.CANCELLED, now);
  }

  void endSession(int session) {
    doing = "end of session %d, at %d".formatted(session, now);
    List<WaitModel> its = new ArrayList<>(waiters.keySet());
    its.removeIf(wait -> wait.session != sessionModels.get(session));
    Waiter.endAll(its.stream().map(waiters::get).toList(), Ending.CANCELLED, real.alarms, now);
    sessions.get(session).holder.giveBackAll(now).forEach(queue -> queue.settle(now));
    model.endSession(sessionModels.get(session), its, now);
  }

  void check() {
    comparison.check(now);
  }

  int nextNumber() {
    return ++lastNumber;
  }

  long deadline() {
    return switch (random.nextInt(3)) {
      case 0 -> now;
      case 1 -> now + 1 + random.nextInt(50);
      default -> Alarms.NEVER;
    };
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
