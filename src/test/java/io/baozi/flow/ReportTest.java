package io.baozi.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.CapturedLog;
import io.baozi.client.QueueStats;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(VertxExtension.class)
final class ReportTest {
  private static final JsonObject OFTEN = new JsonObject().put("queue", "steamer").put("every", 20);

  @Test
  void line_ofFigures_hasDepthRatesAndWhoWaits() {
    QueueStats stats = stats("steamer", 7, 1, 4, 9, 12, 150, 200, 110, 4, 0, 240);
    assertThat(Report.line(stats, 100, 10, 2_000_000_000L))
        .isEqualTo(
            "steamer 12/12 | in 25.0/s out 50.0/s | 4 puts wait, 0 takes wait | oldest 240 ms");
    QueueStats few = stats("q", 0, 0, 0, 0, 12, 0, 0, 0, 1, 1, 0);
    assertThat(Report.line(few, 0, 0, 1))
        .isEqualTo("q 0/12 | in 0.0/s out 0.0/s | 1 put waits, 1 take waits | oldest 0 ms");
  }

  private static QueueStats stats(
      String queue,
      long ready,
      long delayed,
      long reserved,
      long dead,
      long capacity,
      long puts,
      long takes,
      long acks,
      long waitingPuts,
      long waitingTakes,
      long oldestAge) {
    return new QueueStats(
        queue,
        "fifo",
        false,
        ready,
        delayed,
        reserved,
        dead,
        capacity,
        0,
        puts,
        takes,
        acks,
        0,
        0,
        waitingPuts,
        waitingTakes,
        0,
        0,
        1,
        oldestAge,
        0,
        0,
        0,
        0);
  }

  @ParameterizedTest
  @MethodSource("io.baozi.flow.Threadings#here")
  void report_ofAQueue_isALineAgainAndAgain(ThreadingModel threading, Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 12);
      steamer.delete();
      steamer.deploy(new Report(), OFTEN, 1, threading);
      log.line("steamer is no queue yet");
      steamer.put("a", "b");
      assertThat(log.line("steamer 2/12 | in ")).contains("| 0 puts wait, 0 takes wait | oldest ");
      assertThat(log.line("steamer 2/12 | in 0.0/s", 2)).contains("INFO");
    }
  }

  @Test
  void server_drains_endsItWithOneLine(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 12);
      String id = steamer.deploy(new Report(), OFTEN);
      steamer.drain();
      log.line("cook stops: ");
      steamer.undeploy(id);
      assertThat(log.lines("cook stops")).hasSize(1);
    }
  }

  @Test
  void deploy_withoutQueue_fails(Vertx vertx) {
    assertThatThrownBy(() -> Steamer.of(vertx, 1).deploy(new Report()))
        .hasMessage("verticles \"cook\" config.queue is missing, it is a text");
  }
}
