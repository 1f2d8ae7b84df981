package io.baozi.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.CapturedLog;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class LogConsumerTest {
  @Test
  void log_eachMessage_isOneLine(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 10);
      steamer.deploy(new LogConsumer());
      steamer.put("pork\nbaozi");
      assertThat(log.line("cook: ")).endsWith("cook: pork\\nbaozi").contains("INFO");
      steamer.stats(stats -> stats.acks() == 1);
    }
  }

  @Test
  void every_ofAWhile_isLeastFromOneToTheNext(Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 10);
    long start = System.nanoTime();
    steamer.deploy(new LogConsumer(), new JsonObject().put("every", 40));
    steamer.put("1", "2", "3");
    steamer.stats(stats -> stats.acks() == 3);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(115));
  }

  @Test
  void fail_ofAText_isOnWhoseBodyHasIt(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.ofAttempts(vertx, 2, 0);
      steamer.deploy(new LogConsumer(), new JsonObject().put("fail", "7").put("every", "1ms"));
      steamer.put("baozi 16", "baozi 17", "baozi 18");
      assertThat(steamer.stats(stats -> stats.acks() == 2 && stats.dead() == 1).nacks())
          .isEqualTo(2);
      log.line("its body has \"7\" in it");
      assertThat(log.lines("cook: baozi 17")).hasSize(2);
    }
  }

  @Test
  void stop_inALongPause_cutsItShortAndAcknowledges(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 10);
      String id = steamer.deploy(new LogConsumer(), new JsonObject().put("every", 3_600_000));
      steamer.put("1", "2");
      log.line("cook: 1");
      steamer.undeploy(id);
      assertThat(steamer.stats().acks()).isEqualTo(1);
      assertThat(steamer.eat()).hasToString("2");
    }
  }
}
