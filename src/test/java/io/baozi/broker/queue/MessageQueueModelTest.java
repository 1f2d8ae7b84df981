package io.baozi.broker.queue;

import static org.assertj.core.api.Assertions.fail;

import io.baozi.broker.queue.QueueModel.Msg;
import io.baozi.broker.queue.QueueModel.Wait;
import io.baozi.broker.waiting.Alarms;
import io.baozi.broker.waiting.Ending;
import io.baozi.broker.waiting.Memory;
import io.baozi.broker.waiting.Waiter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random requests of several sessions to two queues, against {@link QueueModel}; after every step
 * both agree and the promises of the queue hold.
 */
final class MessageQueueModelTest {
  private static final int SEEDS = 400;
  private static final int STEPS = 500;
  private static final int SESSIONS = 4;

  @Test
  void queue_randomRequests_doesWhatTheObviousQueueDoes() {
    String asked = System.getProperty("baozi.seed");
    if (asked != null) {
      new Run(Long.parseLong(asked)).go();
      return;
    }
    for (long seed = 0; seed < SEEDS; seed++) {
      new Run(seed).go();
    }
  }

  /** One seed's life: two queues that share alarms, memory and sessions. */
  private static final class Run {
    private final long seed;
    private final Random random;
    private final Alarms alarms = new Alarms();
    private final Memory memory = new Memory(Long.MAX_VALUE);
    private final List<Pair> pairs = new ArrayList<>();
    private final Holder[] holders = new Holder[SESSIONS];
    private long now = 1_000_000;
    private int step;
    private int lastNumber;
    private String doing = "";

    Run(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      long[] orders = {0};
      for (int i = 0; i < 2; i++) {
        int capacity = 1 + random.nextInt(random.nextBoolean() ? 3 : 12);
        pairs.add(new Pair(capacity, 1 + random.nextInt(50), orders));
      }
      for (int i = 0; i < SESSIONS; i++) {
        holders[i] = new Holder();
      }
    }

    void go() {
      try {
        for (step = 0; step < STEPS; step++) {
          step();
          check();
        }
        emptyAll();
        check();
        require(memory.used() == 0, "all is gone and %d bytes are taken", memory.used());
        require(alarms.size() == 0, "all is gone and %d alarms are set", alarms.size());
      } catch (RuntimeException e) {
        throw new AssertionError(where(), e);
      }
    }

    private void step() {
      Pair pair = pairs.get(random.nextInt(pairs.size()));
      switch (random.nextInt(16)) {
        case 0, 1, 2, 3 -> put(pair);
        case 4, 5, 6, 7 -> take(pair);
        case 8, 9, 10 -> acknowledge(pair);
        case 11 -> cancel(pair);
        case 12 -> end(random.nextInt(SESSIONS));
        default -> pass(random.nextInt(4) == 0 ? random.nextInt(60) : random.nextInt(4));
      }
    }

    private void put(Pair pair) {
      boolean batch = random.nextInt(3) == 0;
      int most = Math.max(1, pair.model.capacity);
      int[] lengths =
          IntStream.range(0, batch ? 1 + random.nextInt(most) : 1)
              .map(i -> random.nextInt(40))
              .toArray();
      Wait put = new Wait(++lastNumber, random.nextInt(SESSIONS), deadline());
      put.each = batch && random.nextBoolean();
      put.lengths = lengths;
      doing = "put " + lengths.length + (put.each ? " each" : "") + " until " + put.deadline;
      Put real = pair.real.new TestPut(put.number, put.each, lengths);
      pair.waiters.put(put, real);
      pair.real.queue.put(real, put.deadline, now);
      pair.model.put(put, now);
    }

    private void take(Pair pair) {
      Wait take = new Wait(++lastNumber, random.nextInt(SESSIONS), deadline());
      take.max = 1 + random.nextInt(4);
      take.ttr = random.nextBoolean() ? 0 : 1 + random.nextInt(80);
      take.autoAck = random.nextInt(4) == 0;
      doing = "take " + take.max + (take.autoAck ? " autoAck" : "") + " until " + take.deadline;
      Take real =
          pair.real
          .new TestTake(take.number, holders[take.session], take.max, take.ttr, take.autoAck);
      pair.waiters.put(take, real);
      MessageQueue.take(real, List.of(pair.real.queue), take.deadline, now);
      pair.model.take(take, now);
    }

    private long deadline() {
      return switch (random.nextInt(3)) {
        case 0 -> now;
        case 1 -> now + 1 + random.nextInt(50);
        default -> QueueModel.FOREVER;
      };
    }

    /** Mostly of what is held; sometimes by somebody else, or of what is nobody's. */
    private void acknowledge(Pair pair) {
      int session = random.nextInt(SESSIONS);
      List<Msg> held = pair.model.heldBy(session);
      long id =
          held.isEmpty() || random.nextInt(5) == 0
              ? random.nextInt(20)
              : held.get(random.nextInt(held.size())).id;
      doing = "ack " + id + " by " + session;
      boolean real = pair.real.queue.acknowledge(id, holders[session], now);
      pair.real.queue.settle(now);
      boolean model = pair.model.acknowledge(id, session, now);
      require(real == model, "acknowledged %s, expected %s", real, model);
    }

    private void cancel(Pair pair) {
      List<Wait> waiting = new ArrayList<>(pair.model.puts);
      waiting.addAll(pair.model.takes);
      if (!waiting.isEmpty()) {
        Wait wait = waiting.get(random.nextInt(waiting.size()));
        doing = "cancel " + wait.number;
        Objects.requireNonNull(pair.waiters.get(wait)).end(Ending.CANCELLED, alarms, now);
        pair.model.cancel(wait, now);
      }
    }

    private void end(int session) {
      doing = "end of session " + session;
      List<Waiter> its = new ArrayList<>();
      for (Pair pair : pairs) {
        pair.waiters.forEach(
            (wait, waiter) -> {
              if (wait.session == session && waiter.isWaiting()) {
                its.add(waiter);
              }
            });
      }
      Waiter.endAll(its, Ending.CANCELLED, alarms, now);
      holders[session].giveBackAll(now);
      pairs.forEach(pair -> pair.model.endSession(session, now));
      require(holders[session].size() == 0, "session %d still holds something", session);
    }

    private void pass(long millis) {
      now += millis;
      doing = "at " + now;
      alarms.ring(now);
      while (ringTheFirst()) {
        // once more
      }
    }

    /** What was due first, and of these was set first, happens in the model. */
    private boolean ringTheFirst() {
      record Due(long due, long order, Runnable happens) {}
      List<Due> due = new ArrayList<>();
      for (Pair pair : pairs) {
        QueueModel model = pair.model;
        for (Msg m : model.messages) {
          if (m.holder != QueueModel.NOBODY && m.due <= now) {
            due.add(new Due(m.due, m.order, () -> model.giveBack(m, now)));
          }
        }
        for (List<Wait> line : List.of(model.puts, model.takes)) {
          for (Wait wait : line) {
            if (wait.deadline <= now) {
              due.add(new Due(wait.deadline, wait.order, () -> model.timeOut(wait, now)));
            }
          }
        }
      }
      due.sort(Comparator.comparingLong(Due::due).thenComparingLong(Due::order));
      if (due.isEmpty()) {
        return false;
      }
      due.get(0).happens().run();
      return true;
    }

    private void emptyAll() {
      for (int session = 0; session < SESSIONS; session++) {
        end(session);
      }
      for (Pair pair : pairs) {
        while (pair.real.queue.count(State.READY) > 0) {
          Wait take = new Wait(++lastNumber, 0, now);
          take.max = 3;
          take.autoAck = true;
          MessageQueue.take(
              pair.real.new TestTake(take.number, holders[0], 3, 0, true),
              List.of(pair.real.queue),
              now,
              now);
          pair.model.take(take, now);
        }
      }
      doing = "the emptying";
    }

    private void check() {
      long expectedMemory = 0;
      for (Pair pair : pairs) {
        check(pair);
        expectedMemory += pair.model.memory();
      }
      require(memory.used() == expectedMemory, "memory %d, not %d", memory.used(), expectedMemory);
      for (int i = 0; i < SESSIONS; i++) {
        int session = i;
        int held = pairs.stream().mapToInt(pair -> pair.model.heldBy(session).size()).sum();
        require(holders[i].size() == held, "session %d holds %d", i, holders[i].size());
      }
    }

    private void check(Pair pair) {
      MessageQueue queue = pair.real.queue;
      QueueModel model = pair.model;
      pair.real.ends.sort(Comparator.naturalOrder());
      model.ends.sort(Comparator.naturalOrder());
      require(pair.real.ends.equals(model.ends), "ended %s, not %s", pair.real.ends, model.ends);
      pair.real.ends.clear();
      model.ends.clear();
      pair.waiters.values().removeIf(Waiter::hasEnded);
      same("ready", queue.count(State.READY), model.ready().size());
      same("reserved", queue.count(State.RESERVED), model.messages.size() - model.ready().size());
      same("puts that wait", queue.waitingPuts(), model.puts.size());
      same("takes that wait", queue.stats(now).waitingTakes(), model.takes.size());
      same(
          "waiters that have not ended",
          pair.waiters.size(),
          model.puts.size() + model.takes.size());
      same("puts", queue.stats(now).puts(), model.putCount);
      same("takes", queue.stats(now).takes(), model.takeCount);
      same("acks", queue.stats(now).acks(), model.ackCount);
      same("bytes", queue.bytes(), model.bytes());
      promises(queue, model);
    }

    /** What holds whatever the model says. */
    private void promises(MessageQueue queue, QueueModel model) {
      int held = queue.count(State.READY) + queue.count(State.RESERVED);
      require(held <= queue.settings().capacity(), "%d messages, over the capacity", held);
      same(
          "puts that were not acknowledged",
          queue.stats(now).puts() - queue.stats(now).acks(),
          held);
      require(
          queue.count(State.READY) == 0 || queue.stats(now).waitingTakes() == 0,
          "a take waits beside a message");
      if (!model.puts.isEmpty()) {
        Wait first = model.puts.get(0);
        int needed = first.each ? 1 : first.lengths.length;
        require(queue.settings().capacity() - held < needed, "a put waits beside its room");
      }
    }

    private void same(String what, long real, long expected) {
      require(real == expected, "%s: %d, not %d", what, real, expected);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency of ours
    private void require(boolean holds, String message, Object... arguments) {
      if (!holds) {
        fail(where() + ": " + message.formatted(arguments));
      }
    }

    private String where() {
      return "seed %d (-Dbaozi.seed=%d), step %d, %s".formatted(seed, seed, step, doing);
    }

    private final class Pair {
      private final QueueFixture real;
      private final QueueModel model;
      private final Map<Wait, Waiter> waiters = new LinkedHashMap<>();

      Pair(int capacity, long ttr, long[] orders) {
        real = new QueueFixture(capacity, ttr, alarms, memory);
        model = new QueueModel(capacity, ttr, orders);
      }
    }
  }
}
