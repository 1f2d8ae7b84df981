package io.baozi.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.broker.queue.TestSettings;
import io.baozi.bus.Addresses;
import io.baozi.bus.Arrival;
import io.baozi.bus.ServiceBus;
import io.baozi.frame.FrameLimits;
import io.baozi.journal.Health;
import io.baozi.journal.JournalException;
import io.baozi.journal.Sync;
import io.baozi.message.Service;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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
