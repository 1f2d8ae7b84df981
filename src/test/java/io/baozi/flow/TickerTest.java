package io.baozi.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.CapturedLog;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class TickerTest {
  @Test
  void ticker_ofACount_putsSoManyNumberedAndIsDone(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 10);
      steamer.deploy(
          new Ticker(),
          new JsonObject().put("rate", 1000).put("count", 3).put("body", "{n} of 3, again {n}"));
      log.line("cook is done: queue steamer has its 3 messages");
      assertThat(steamer.eat()).hasToString("1 of 3, again 1");
      assertThat(steamer.eat()).hasToString("2 of 3, again 2");
      assertThat(steamer.eat()).hasToString("3 of 3, again 3");
    }
  }

  @Test
  void ticker_ofARate_isNotFaster(Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 1);
    long start = System.nanoTime();
    steamer.deploy(new Ticker(), new JsonObject().put("rate", 50));
    for (int i = 1; i <= 6; i++) {
      assertThat(steamer.eat()).hasToString("tick " + i);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(95));
  }

  @Test
  void ticker_time_isTheMoment(Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 1);
    Instant before = Instant.now().minusMillis(1);
    steamer.deploy(new Ticker(), new JsonObject().put("body", "{time}"));
    assertThat(Instant.parse(steamer.eat().toString())).isBetween(before, Instant.now());
  }

  @Test
  void stop_betweenTwoTicks_isAtOnceAndQuiet(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 10);
      String id = steamer.deploy(new Ticker(), new JsonObject().put("rate", 0.001));
      assertThat(steamer.eat()).hasToString("tick 1");
      steamer.undeploy(id);
      assertThat(log.lines("cook")).isEmpty();
    }
  }

  @Test
  void deploy_wrongSettings_failsByName(Vertx vertx) {
    assertThatThrownBy(
            () -> Steamer.of(vertx, 1).deploy(new Ticker(), new JsonObject().put("rat", 1)))
        .hasMessage("producers \"cook\" config.rat is unknown, did you mean rate?");
  }
}
