package io.baozi.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.client.PutOptions;
import io.baozi.client.Receipt;
import io.baozi.frame.Json;
import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(VertxExtension.class)
final class ProducerTest {
  /** Puts what it is told to. */
  private static final class Told extends Producer {
    private final Promise<Void> closed = Promise.promise();

    Future<Receipt> tell(String body) {
      Promise<Receipt> promise = Promise.promise();
      context.runOnContext(v -> put(Buffer.buffer(body)).onComplete(promise));
      return promise.future();
    }

    /** Whether puts complete where nothing else of the verticle can run meanwhile. */
    Future<Boolean> completesAtHome() {
      Promise<Boolean> promise = Promise.promise();
      context.runOnContext(
          v -> {
            Thread home = Thread.currentThread();
            put(Buffer.buffer("x"))
                .onComplete(
                    done ->
                        promise.complete(
                            context.isEventLoopContext()
                                ? Thread.currentThread() == home
                                : Vertx.currentContext() == context));
          });
      return promise.future();
    }

    @Override
    protected Future<?> close() {
      closed.complete();
      return closed.future();
    }
  }

  @ParameterizedTest
  @MethodSource("io.baozi.flow.Threadings#here")
  void deploy_whatItDoesOfItselfThrows_fails(ThreadingModel threading, Vertx vertx) {
    Producer broken =
        new Producer() {
          @Override
          void run() {
            throw new IllegalStateException("on purpose");
          }
        };
    Steamer steamer = Steamer.of(vertx, 1);
    assertThatThrownBy(() -> steamer.deploy(broken, new JsonObject(), 1, threading))
        .hasMessage("on purpose");
  }

  @ParameterizedTest
  @MethodSource("io.baozi.flow.Threadings#here")
  void put_inAFullQueue_completesOnceThereIsRoom(ThreadingModel threading, Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 1);
    Told told = new Told();
    steamer.deploy(told, new JsonObject(), 1, threading);
    Steamer.await(told.tell("first"));
    Future<Receipt> second = told.tell("second");
    steamer.stats(stats -> stats.waitingPuts() == 1);
    assertThat(second.isComplete()).isFalse();
    assertThat(told.accepted()).isEqualTo(1);

    assertThat(steamer.eat()).hasToString("first");
    assertThat(Steamer.await(second).msg()).isPositive();
    assertThat(told.accepted()).isEqualTo(2);
    assertThat(steamer.eat()).hasToString("second");
  }

  @ParameterizedTest
  @MethodSource("io.baozi.flow.Threadings#here")
  void put_completes_onTheContextOfTheVerticle(ThreadingModel threading, Vertx vertx) {
    Told told = new Told();
    Steamer.of(vertx, 1).deploy(told, new JsonObject(), 1, threading);
    assertThat(Steamer.await(told.completesAtHome())).isTrue();
  }

  private static FlowSettings settings(PutOptions put) {
    return new FlowSettings("baozi", "cook", "steamer", 1).withPut(put);
  }

  @Test
  void put_withoutOptions_isAsItsSettingsSay(Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 10);
    Json headers = Json.of(Map.of("from", "oven 7"));
    Told marking = new Told();
    steamer.deploy(marking, settings(PutOptions.DEFAULT.withHeaders(headers)));
    Steamer.await(marking.tell("marked"));
    assertThat(steamer.take().headers()).isEqualTo(headers);

    Told late = new Told();
    steamer.deploy(late, settings(PutOptions.DEFAULT.withDelay(Duration.ofHours(1))));
    Steamer.await(late.tell("late"));
    assertThat(steamer.stats().delayed()).isEqualTo(1);

    Told stale = new Told();
    steamer.deploy(stale, settings(PutOptions.DEFAULT.withTtl(Duration.ofMillis(1))));
    Steamer.await(stale.tell("stale"));
    steamer.stats(stats -> stats.expired() == 1);
  }

  @Test
  void stop_putWaitsForRoom_failsItAndClosesAndEndsTheSession(Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 1);
    Told told = new Told();
    String id = steamer.deploy(told);
    steamer.put("already there");
    Future<Receipt> waiting = told.tell("too much");
    steamer.stats(stats -> stats.waitingPuts() == 1);
    steamer.undeploy(id);
    assertThatThrownBy(() -> Steamer.await(waiting)).hasMessageContaining("closed");
    assertThat(told.closed.future().succeeded()).isTrue();
    assertThat(steamer.stats(stats -> stats.waitingPuts() == 0).ready()).isEqualTo(1);
  }

  @Test
  void put_longerThanTheServerTakes_failsAndTheProducerLives(Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 2);
    Told told = new Told();
    steamer.deploy(told);
    assertThatThrownBy(() -> Steamer.await(told.tell("x".repeat(Steamer.MAX_MESSAGE + 1))))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
    Steamer.await(told.tell("small"));
    assertThat(steamer.eat()).hasToString("small");
  }

  @Test
  void config_isItsOwnSettingsAlone(Vertx vertx) {
    Told told = new Told();
    Steamer.of(vertx, 1).deploy(told, new JsonObject().put("flour", "rye"));
    assertThat(told.config()).isEqualTo(new JsonObject().put("flour", "rye"));
    assertThat(told.settings().name()).isEqualTo("cook");
  }

  @Test
  void deploy_withoutSettings_failsWithWhatIsMissing(Vertx vertx) {
    assertThatThrownBy(() -> Steamer.await(vertx.deployVerticle(new Told())))
        .hasMessageContaining("no object under \"baozi\"");
    JsonObject noQueue = new FlowSettings("baozi", "baker", null, 1).with(new JsonObject());
    assertThatThrownBy(
            () ->
                Steamer.await(
                    vertx.deployVerticle(new Told(), new DeploymentOptions().setConfig(noQueue))))
        .hasMessage("baozi.queue is missing");
  }

  @Test
  void open_fails_failsTheDeploymentAndEndsTheSession(Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 1);
    Producer broken =
        new Producer() {
          @Override
          protected Future<?> open() {
            put(Buffer.buffer("1"));
            put(Buffer.buffer("2"));
            return vertx
                .executeBlocking(() -> steamer.stats(stats -> stats.waitingPuts() == 1))
                .compose(stats -> Future.failedFuture("no flour"));
          }
        };
    assertThatThrownBy(() -> steamer.deploy(broken)).hasMessageContaining("no flour");
    assertThat(steamer.stats(stats -> stats.waitingPuts() == 0).ready()).isEqualTo(1);
  }

  @Test
  void open_returnsNull_failsTheDeploymentInsteadOfHanging(Vertx vertx) {
    Producer broken =
        new Producer() {
          @Override
          protected Future<?> open() {
            return null;
          }
        };
    assertThatThrownBy(() -> Steamer.of(vertx, 1).deploy(broken))
        .hasMessageContaining("open returned null");
  }
}
