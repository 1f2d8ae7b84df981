package io.baozi.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.CapturedLog;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(VertxExtension.class)
final class PullProducerTest {
  /** Counts to a number, and fails or ends there. */
  private static final class Counting extends PullProducer {
    private final AtomicInteger asked = new AtomicInteger();
    private final int end;
    private final Future<Buffer> last;

    Counting(int end, Future<Buffer> last) {
      this.end = end;
      this.last = last;
    }

    @Override
    protected Future<Buffer> next() {
      int n = asked.incrementAndGet();
      return n > end ? last : Future.succeededFuture(Buffer.buffer(Integer.toString(n)));
    }
  }

  @ParameterizedTest
  @MethodSource("io.baozi.flow.Threadings#here")
  void next_fullQueue_isNotAskedAhead(ThreadingModel threading, Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 3);
    Counting counting = new Counting(1000, Future.succeededFuture());
    steamer.deploy(counting, new JsonObject(), 1, threading);
    for (int i = 1; i <= 20; i++) {
      steamer.stats(stats -> stats.ready() == 3 && stats.waitingPuts() == 1);
      assertThat(counting.asked).hasValue(i + 3);
      assertThat(steamer.eat()).hasToString(Integer.toString(i));
    }
  }

  @Test
  void next_givesNull_isDoneAndSaysSo(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 10);
      String id = steamer.deploy(new Counting(4, Future.succeededFuture()));
      log.line("cook is done: queue steamer has its 4 messages");
      assertThat(steamer.stats().ready()).isEqualTo(4);
      steamer.undeploy(id);
    }
  }

  @Test
  void next_fails_isAnErrorInTheLogWithItsCause(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 10);
      Counting counting = new Counting(2, Future.failedFuture("no more flour"));
      String id = steamer.deploy(counting);
      assertThat(log.line("cook stops: it has no next message")).contains("ERROR");
      log.line("no more flour");
      steamer.undeploy(id);
      assertThat(counting.asked).hasValue(3);
      assertThat(counting.accepted()).isEqualTo(2);
    }
  }

  @Test
  void next_returnsNull_isAnErrorToo(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer.of(vertx, 10).deploy(new Counting(0, null));
      log.line("next returned null, not a future");
    }
  }

  @Test
  void next_messageThatIsRefused_isAnErrorInTheLog(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Buffer huge = Buffer.buffer(new byte[Steamer.MAX_MESSAGE + 1]);
      Steamer.of(vertx, 10).deploy(new Counting(0, Future.succeededFuture(huge)));
      assertThat(log.line("cook stops: queue steamer refused its message")).contains("ERROR");
    }
  }

  @Test
  void server_drains_stopsItWithOneLine(Vertx vertx) {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 1);
      String id = steamer.deploy(new Counting(1000, Future.succeededFuture()));
      steamer.stats(stats -> stats.waitingPuts() == 1);
      steamer.drain();
      assertThat(log.line("cook stops: ")).contains("INFO");
      steamer.undeploy(id);
      assertThat(log.lines("cook")).hasSize(1);
    }
  }
}
