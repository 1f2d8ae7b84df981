package io.baozi.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.CapturedLog;
import io.baozi.client.Message;
import io.baozi.message.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What producers and consumers make of a server's refusals. */
@ExtendWith(VertxExtension.class)
final class RefusalTest {
  private static final class Eater extends Consumer {
    @Override
    protected Future<?> consume(Message message) {
      return Future.succeededFuture();
    }
  }

  private static final class Baker extends PullProducer {
    @Override
    protected Future<Buffer> next() {
      return Future.succeededFuture(Buffer.buffer("x"));
    }
  }

  @Test
  void consume_forbidden_isTheEnd(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      new ScriptedBroker(vertx, ErrorCode.FORBIDDEN).deploy(new Eater());
      assertThat(log.line("cook stops: it gets no messages of queue steamer")).contains("ERROR");
      assertThat(log.lines("cook")).hasSize(1);
    }
  }

  @Test
  void consume_busy_isAskedForAgainLater(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      ScriptedBroker broker = new ScriptedBroker(vertx, ErrorCode.BUSY, ErrorCode.SHUTTING_DOWN);
      broker.deploy(new Eater());
      assertThat(log.line("cook tries again: as told")).contains("WARN");
      assertThat(log.line("cook stops: as told")).contains("INFO");
      assertThat(broker.isThrough()).isTrue();
    }
  }

  @Test
  void put_busy_isPutAgainLater(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      new ScriptedBroker(vertx, ErrorCode.BUSY, ErrorCode.SHUTTING_DOWN).deploy(new Baker());
      assertThat(log.line("cook tries again: as told")).contains("WARN");
      assertThat(log.line("cook stops: as told")).contains("INFO");
    }
  }

  @Test
  void put_forbidden_isTheEnd(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      new ScriptedBroker(vertx, ErrorCode.FORBIDDEN).deploy(new Baker());
      assertThat(log.line("cook stops: queue steamer refused its message")).contains("ERROR");
    }
  }

  @Test
  void deploy_noServerAnswers_saysWhereItWasLookedFor(Vertx vertx) {
    ScriptedBroker broker = new ScriptedBroker(vertx, ErrorCode.TIMEOUT);
    assertThatThrownBy(() -> broker.deploy(new Baker()))
        .hasMessage("no server answers at the event bus address \"scripted\"");
  }
}
