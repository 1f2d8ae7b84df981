package io.baozi.flow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.CapturedLog;
import io.baozi.broker.queue.TestSettings;
import io.baozi.client.Message;
import io.baozi.client.NackException;
import io.baozi.client.NackOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(VertxExtension.class)
final class ConsumerTest {
  /** A message in hand, and what ends it. */
  private record Mouthful(String body, Message message, Promise<Void> end) {}

  /** Holds each message until the test says what becomes of it, or it has ended. */
  private static final class Held extends Consumer {
    private final List<Promise<Void>> ends = new ArrayList<>();
    private boolean patient;
    private final BlockingQueue<Mouthful> mouthfuls = new LinkedBlockingQueue<>();
    private final Promise<Void> hurried = Promise.promise();
    private final Promise<Void> closed = Promise.promise();

    @Override
    protected Future<?> consume(Message message) {
      Promise<Void> end = Promise.promise();
      ends.add(end);
      mouthfuls.add(new Mouthful(message.body().toString(), message, end));
      return end.future();
    }

    Mouthful next() throws InterruptedException {
      return mouthfuls.poll(20, SECONDS);
    }

    @Override
    protected void hurry() {
      hurried.complete();
      if (!patient) {
        ends.forEach(end -> end.tryFail("the test has ended"));
      }
    }

    @Override
    protected Future<?> close() {
      closed.complete();
      return closed.future();
    }
  }

  private static Consumer eater(Function<Message, Future<?>> bite) {
    return new Consumer() {
      @Override
      protected Future<?> consume(Message message) {
        return bite.apply(message);
      }
    };
  }

  @ParameterizedTest
  @MethodSource("io.baozi.flow.Threadings#here")
  void consume_succeeds_acknowledgesInOrder(ThreadingModel threading, Vertx vertx)
      throws InterruptedException {
    Steamer steamer = Steamer.of(vertx, 100);
    BlockingQueue<String> eaten = new LinkedBlockingQueue<>();
    Consumer eater =
        eater(
            message -> {
              eaten.add(message.body().toString());
              return Future.succeededFuture();
            });
    steamer.deploy(eater, new JsonObject(), 4, threading);
    List<String> put = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      put.add("baozi " + i);
      steamer.put("baozi " + i);
    }
    steamer.stats(stats -> stats.acks() == 30);
    assertThat(eaten).containsExactlyElementsOf(put);
    assertThat(eater.consumed()).isEqualTo(30);
    assertThat(eater.failed()).isZero();
  }

  @ParameterizedTest
  @MethodSource("io.baozi.flow.Threadings#here")
  void consume_fails_messageComesBackAtOnce(ThreadingModel threading, Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 10);
    try (CapturedLog log = new CapturedLog()) {
      AtomicInteger bites = new AtomicInteger();
      Consumer eater =
          eater(
              message ->
                  switch (bites.incrementAndGet()) {
                    case 1 -> throw new IllegalStateException("too hot");
                    case 2 -> Future.failedFuture("still too hot");
                    case 3 -> null;
                    default -> Future.succeededFuture();
                  });
      steamer.deploy(eater, new JsonObject(), 1, threading);
      steamer.put("hot");
      assertThat(steamer.stats(stats -> stats.acks() == 1).nacks()).isEqualTo(3);
      assertThat(eater.failed()).isEqualTo(3);
      assertThat(eater.consumed()).isEqualTo(1);
      assertThat(log.line("cook failed on message"))
          .contains("WARN")
          .contains("of queue steamer, attempt 1; it is given back");
      log.line("too hot");
    }
  }

  @Test
  void consume_fails_messageWaitsForTheBackoffOfTheQueue(Vertx vertx) {
    Steamer steamer = Steamer.ofAttempts(vertx, 0, 3_600_000);
    steamer.deploy(eater(message -> Future.failedFuture("too hot")));
    steamer.put("hot");
    assertThat(steamer.stats(stats -> stats.delayed() == 1).reserved()).isZero();
  }

  @Test
  void consume_failsAsOftenAsTheQueueAllows_messageIsDead(Vertx vertx) {
    Steamer steamer = Steamer.ofAttempts(vertx, 3, 0);
    Consumer eater = eater(message -> Future.failedFuture("poison"));
    steamer.deploy(eater);
    steamer.put("a");
    steamer.stats(stats -> stats.dead() == 1);
    assertThat(eater.failed()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("io.baozi.flow.Threadings#here")
  void consume_failsForGood_messageIsDeadAtOnce(ThreadingModel threading, Vertx vertx) {
    Steamer steamer = Steamer.ofAttempts(vertx, 0, 3_600_000);
    try (CapturedLog log = new CapturedLog()) {
      Consumer eater =
          eater(
              message -> {
                if (message.body().toString().equals("thrown")) {
                  throw NackException.dead("no such filling");
                }
                return Future.failedFuture(NackException.dead("no such filling"));
              });
      steamer.deploy(eater, new JsonObject(), 2, threading);
      steamer.put("thrown", "failed");
      assertThat(steamer.stats(stats -> stats.dead() == 2).nacks()).isEqualTo(2);
      assertThat(log.line("cook failed on message")).endsWith("attempt 1; it is given up");
      log.line("no such filling");
    }
  }

  @Test
  void consume_failsWithADelay_messageWaitsForThat(Vertx vertx) {
    Steamer steamer = Steamer.ofAttempts(vertx, 0, 3_600_000);
    NackOptions atOnce = NackOptions.DEFAULT.withDelay(Duration.ZERO);
    AtomicInteger bites = new AtomicInteger();
    steamer.deploy(
        eater(
            message ->
                bites.incrementAndGet() < 3
                    ? Future.failedFuture(new NackException(atOnce, "not yet", null))
                    : Future.succeededFuture()));
    steamer.put("a");
    steamer.stats(stats -> stats.acks() == 1);
  }

  @ParameterizedTest
  @MethodSource("io.baozi.flow.Threadings#here")
  void consume_takesLongerThanTheTtr_messageStaysReserved(ThreadingModel threading, Vertx vertx)
      throws InterruptedException {
    Steamer steamer = Steamer.of(vertx, TestSettings.of(10, 1500));
    Held held = new Held();
    steamer.deploy(held, new JsonObject(), 1, threading);
    steamer.stats(stats -> stats.consumers() == 1);
    steamer.put("slow", "forgotten");
    Mouthful slow = held.next();
    // Taken beside it and never touched, this one comes back twice.
    assertThat(steamer.take().attempt()).isEqualTo(1);
    assertThat(steamer.take().attempt()).isEqualTo(2);
    assertThat(steamer.take().attempt()).isEqualTo(3);
    slow.end().complete();
    steamer.stats(stats -> stats.acks() == 1);
    assertThat(slow.message().attempt()).isEqualTo(1);
  }

  @Test
  void ttr_ofItsSettings_isThatOfItsMessages(Vertx vertx) throws InterruptedException {
    Steamer steamer = Steamer.of(vertx, 10);
    CountDownLatch goOn = new CountDownLatch(1);
    Consumer blocked =
        eater(
            message -> {
              await(goOn);
              return Future.succeededFuture();
            });
    FlowSettings settings = new FlowSettings("baozi", "cook", "steamer", 1);
    steamer.deploy(blocked, settings.withTtr(Duration.ofMillis(50)));
    steamer.stats(stats -> stats.consumers() == 1);
    steamer.put("a");
    // Its event loop is blocked, so that nothing keeps the message reserved.
    assertThat(steamer.take().attempt()).isGreaterThan(1);
    goOn.countDown();
  }

  @Test
  void concurrency_ofThree_hasNoMoreInHandAndGetsOneForEachFreeHand(Vertx vertx)
      throws InterruptedException {
    Steamer steamer = Steamer.of(vertx, 100);
    steamer.put("1", "2", "3", "4", "5");
    Held held = new Held();
    steamer.deploy(held, 3);
    Mouthful one = held.next();
    Mouthful two = held.next();
    Mouthful three = held.next();
    assertThat(steamer.stats().reserved()).isEqualTo(3);
    assertThat(held.mouthfuls).isEmpty();

    two.end().complete();
    Mouthful four = held.next();
    assertThat(four.body()).isEqualTo("4");
    assertThat(steamer.stats().reserved()).isEqualTo(3);
    one.end().complete();
    assertThat(held.next().body()).isEqualTo("5");
    three.end().complete();
    four.end().complete();
    steamer.stats(stats -> stats.acks() == 4 && stats.reserved() == 1);
  }

  @Test
  void consume_completedFromAnotherThread_isAcknowledged(Vertx vertx) throws InterruptedException {
    Steamer steamer = Steamer.of(vertx, 10);
    Held held = new Held();
    steamer.deploy(held);
    steamer.put("a");
    Mouthful mouthful = held.next();
    Thread thread = new Thread(() -> mouthful.end().complete());
    thread.start();
    thread.join();
    steamer.stats(stats -> stats.acks() == 1);
  }

  @Test
  void stop_messagesInHand_waitsForThemThenGivesBackTheRest(Vertx vertx)
      throws InterruptedException {
    Steamer steamer = Steamer.of(vertx, 10);
    steamer.put("1", "2", "3");
    Held held = new Held();
    held.patient = true;
    String id = steamer.deploy(held, 2);
    Mouthful one = held.next();
    Mouthful two = held.next();
    Future<Void> stopped = vertx.undeploy(id);
    Steamer.await(held.hurried.future());
    one.end().complete();
    steamer.stats(stats -> stats.acks() == 1);
    assertThat(stopped.isComplete()).isFalse();
    assertThat(held.closed.future().isComplete()).isFalse();

    two.end().fail("burnt");
    Steamer.await(stopped);
    assertThat(held.closed.future().succeeded()).isTrue();
    assertThat(held.mouthfuls).isEmpty();
    Message back = steamer.take();
    assertThat(back.body()).hasToString("2");
    assertThat(back.attempt()).isEqualTo(2);
    assertThat(steamer.take().body()).hasToString("3");
  }

  @Test
  void stop_messageThatIsNeverDone_isLeftAfterAWhile(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 10);
      Promise<Void> begun = Promise.promise();
      Consumer stuck =
          new Consumer() {
            @Override
            protected Future<?> consume(Message message) {
              begun.complete();
              return Promise.promise().future();
            }

            @Override
            long patience() {
              return 20;
            }
          };
      String id = steamer.deploy(stuck);
      steamer.put("a");
      Steamer.await(begun.future());
      steamer.undeploy(id);
      log.line("cook leaves 1 of its messages unfinished");
      assertThat(steamer.take().attempt()).isEqualTo(2);
    }
  }

  @Test
  void stop_takenButNotBegun_givesBackAtOnce(Vertx vertx) throws InterruptedException {
    Steamer steamer = Steamer.ofAttempts(vertx, 0, 3_600_000);
    steamer.put("1", "2", "3");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Consumer blocking =
        eater(
            message -> {
              begun.countDown();
              await(goOn);
              return Future.succeededFuture();
            });
    String id = steamer.deploy(blocking, new JsonObject(), 3, ThreadingModel.WORKER);
    assertThat(begun.await(20, SECONDS)).isTrue();
    Promise<Void> stopped = Promise.promise();
    // It is in line behind the second message, if that has come to the worker by now.
    vertx.runOnContext(
        v -> {
          vertx.undeploy(id).onComplete(stopped);
          goOn.countDown();
        });
    Steamer.await(stopped.future());
    assertThat(steamer.stats().acks()).isBetween(1L, 2L);
    assertThat(steamer.stats().ready()).isEqualTo(3 - steamer.stats().acks());
    assertThat(steamer.take().attempt()).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void stop_nothingInHand_leavesNoSubscriptionBehind(Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 10);
    String id = steamer.deploy(new Held());
    steamer.stats(stats -> stats.consumers() == 1);
    steamer.undeploy(id);
    steamer.stats(stats -> stats.consumers() == 0);
    steamer.put("a");
    assertThat(steamer.eat()).hasToString("a");
  }

  @Test
  void server_ends_stopsItWithOneLineAndItCanBeUndeployed(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 10);
      Held held = new Held();
      String id = steamer.deploy(held);
      steamer.stats(stats -> stats.consumers() == 1);
      steamer.end();
      assertThat(log.line("cook stops: ")).contains("INFO");
      steamer.undeploy(id);
      assertThat(log.lines("cook")).hasSize(1);
      assertThat(held.closed.future().succeeded()).isTrue();
    }
  }

  @Test
  void queue_deleted_stopsItWithOneLineAndItCanBeUndeployed(Vertx vertx)
      throws InterruptedException {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 10);
      Held held = new Held();
      held.patient = true;
      String id = steamer.deploy(held);
      steamer.put("a");
      Mouthful last = held.next();
      steamer.delete();
      assertThat(log.line("cook stops: it gets no messages of queue steamer")).contains("ERROR");
      log.line("queue steamer was deleted");
      Future<Void> stopped = vertx.undeploy(id);
      assertThat(held.closed.future().isComplete()).isFalse();
      last.end().complete();
      Steamer.await(stopped);
      assertThat(held.closed.future().succeeded()).isTrue();
      assertThat(log.lines("cook")).hasSize(1);
    }
  }

  @Test
  void worker_blocksInConsume_answersStillArrive(Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 10);
    CountDownLatch goOn = new CountDownLatch(1);
    Consumer blocking =
        eater(
            message -> {
              await(goOn);
              return Future.succeededFuture();
            });
    steamer.deploy(blocking, new JsonObject(), 2, ThreadingModel.WORKER);
    steamer.put("1", "2", "3");
    steamer.stats(stats -> stats.reserved() == 2);
    goOn.countDown();
    steamer.stats(stats -> stats.acks() == 3);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void virtualThread_awaitsInConsume_othersGoOn(Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 10);
    Promise<Void> goOn = Promise.promise();
    Consumer awaiting =
        eater(
            message -> {
              if (message.body().toString().equals("1")) {
                Future.await(goOn.future());
              }
              return Future.succeededFuture();
            });
    steamer.deploy(awaiting, new JsonObject(), 2, ThreadingModel.VIRTUAL_THREAD);
    steamer.put("1", "2", "3");
    steamer.stats(stats -> stats.acks() == 2);
    goOn.complete();
    steamer.stats(stats -> stats.acks() == 3);
  }

  @Test
  void open_fails_failsTheDeployment(Vertx vertx) {
    Consumer broken =
        new Consumer() {
          @Override
          protected Future<?> open() {
            throw new IllegalStateException("no chopsticks");
          }

          @Override
          protected Future<?> consume(Message message) {
            return Future.succeededFuture();
          }
        };
    Steamer steamer = Steamer.of(vertx, 1);
    assertThatThrownBy(() -> steamer.deploy(broken)).hasMessage("no chopsticks");
    steamer.put("a");
    assertThat(steamer.eat()).hasToString("a");
  }
}
