package io.baozi.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.broker.queue.TestSettings;
import io.baozi.bus.Addresses;
import io.baozi.bus.Arrival;
import io.baozi.bus.ServiceBus;
import io.baozi.frame.FrameLimits;
import io.baozi.journal.Entry;
import io.baozi.journal.Health;
import io.baozi.journal.JournalException;
import io.baozi.journal.Sync;
import io.baozi.message.Request;
import io.baozi.message.Service;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a broker begins to serve, and what it does last. */
@Timeout(30)
class BrokerVerticleTest {
  private static final BrokerSettings SETTINGS =
      new BrokerSettings(
          "test",
          FrameLimits.DEFAULT,
          1000,
          64 << 20,
          TestSettings.of(10_000, 60_000),
          Map.of(),
          Sync.ALWAYS,
          1 << 20);

  /** More mebibytes than are one turn. */
  private static final int LARGE = 20;

  private final Vertx vertx = Vertx.vertx();
  private final ServiceBus bus = new ServiceBus(vertx, new Addresses("test"));
  private final SlowJournal journal = new SlowJournal(Sync.ALWAYS);
  private final BrokerVerticle verticle = new BrokerVerticle(bus, SETTINGS, journal);

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** Begins to deploy it; returns when it has handed its first turn to the journal. */
  private Future<String> begin() throws Exception {
    CountDownLatch handed = new CountDownLatch(1);
    journal.handedOver = handed::countDown;
    Future<String> deployed = vertx.deployVerticle(verticle);
    assertThat(handed.await(20, TimeUnit.SECONDS)).isTrue();
    return deployed;
  }

  @Test
  void start_isThroughOnceItsNumbersAreOnDisk() throws Exception {
    Future<String> deployed = begin();
    bus.arrive(Service.BROKER, new Arrival.Opened("to.a", "a"));
    assertThat(deployed.isComplete()).isFalse();

    journal.work();
    await(deployed);
    assertThat(journal.batches).hasSize(1);
  }

  @Test
  void start_whoseNumbersCannotBeForced_failsAndClosesTheJournal() throws Exception {
    journal.fails(Health.State.FORCE_FAILED);
    Future<String> deployed = begin();
    journal.work();

    assertThatThrownBy(() -> await(deployed))
        .hasRootCauseInstanceOf(JournalException.class)
        .hasMessageContaining("the start cannot be kept: a force failed");
    assertThat(journal.isClosed()).isTrue();
  }

  @Test
  void stop_withRequestsThatHaveArrived_carriesThemOutAndNothingLater() throws Exception {
    Context context = vertx.getOrCreateContext();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    context.exceptionHandler(thrown::complete);
    CountDownLatch handed = new CountDownLatch(1);
    journal.handedOver = handed::countDown;
    Future<?> deployed = on(context, () -> verticle.deploy(context));
    assertThat(handed.await(20, TimeUnit.SECONDS)).isTrue();
    journal.work();
    await(deployed);

    Future<?> stopped =
        on(
            context,
            () -> {
              bus.arrive(Service.BROKER, new Arrival.Opened("to.a", "a"));
              bus.arrive(Service.BROKER, put());
              return on(context, () -> verticle.undeploy(context));
            });
    await(stopped);
    await(on(context, Future::succeededFuture)); // what was pending has run

    assertThat(journal.isClosed()).isTrue();
    assertThat(journal.disk().messages).hasSize(1);
    assertThat(thrown).isNotDone();
  }

  @Test
  void arrivals_veryLargeInOneGo_areSeveralTurnsInTheirOrder() throws Exception {
    Context context = deploy();
    CountDownLatch all = new CountDownLatch(LARGE);
    journal.handedOver = () -> bodies(last()).forEach(body -> all.countDown());
    context.runOnContext(v -> arriveLarge());
    assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();

    assertThat(journal.batches).hasSizeGreaterThan(1);
    assertThat(journal.batches).allSatisfy(turn -> assertThat(bodies(turn)).hasSizeLessThan(9));
    assertThat(journal.batches.stream().flatMap(turn -> bodies(turn).stream()))
        .extracting(body -> body[0])
        .isSorted()
        .hasSize(LARGE);
  }

  @Test
  void arrivals_ofSeveralTurnsOfWhichOneFails_areCarriedOutInTheOthers() throws Exception {
    Context context = deploy();
    CountDownLatch all = new CountDownLatch(LARGE);
    journal.handedOver =
        () -> {
          bodies(last()).forEach(body -> all.countDown());
          if (journal.batches.size() == 1) {
            throw new IllegalStateException("as the test wants it");
          }
        };
    context.runOnContext(v -> arriveLarge());
    assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
  }

  /** Deploys it on a context of its own, and forgets what it wrote for that. */
  private Context deploy() throws Exception {
    Context context = vertx.getOrCreateContext();
    CountDownLatch begun = new CountDownLatch(1);
    journal.handedOver = begun::countDown;
    Future<?> deployed = on(context, () -> verticle.deploy(context));
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    journal.work();
    await(deployed);
    journal.batches.clear();
    return context;
  }

  private void arriveLarge() {
    bus.arrive(Service.BROKER, new Arrival.Opened("to.a", "a"));
    for (int id = 1; id <= LARGE; id++) {
      bus.arrive(Service.BROKER, BrokerFixture.arrival("a", putLarge(id)));
    }
  }

  private SlowJournal.Batch last() {
    return journal.batches.get(journal.batches.size() - 1);
  }

  private static List<byte[]> bodies(SlowJournal.Batch turn) {
    return turn.entries().stream()
        .filter(entry -> entry instanceof Entry.Message message && message.bytes() != null)
        .map(entry -> ((Entry.Message) entry).bytes())
        .toList();
  }

  /** A put of a mebibyte that begins with its id. */
  private static Request putLarge(int id) {
    byte[] body = new byte[1 << 20];
    body[0] = (byte) id;
    return BrokerFixture.request(id, "queue.put", Buffer.buffer(body), "queue", "q");
  }

  private static Arrival put() {
    return BrokerFixture.arrival("a", BrokerFixture.request(1, "queue.put", "queue", "q"));
  }

  private static Future<?> on(Context context, Callable<Future<?>> what) {
    Promise<Object> promise = Promise.promise();
    context.runOnContext(
        v -> {
          try {
            what.call().mapEmpty().onComplete(promise);
          } catch (Exception e) {
            promise.fail(e);
          }
        });
    return promise.future();
  }
}
