package io.baozi.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Standard output as a stream. */
@ExtendWith(VertxExtension.class)
class OutflowTest {
  private static final Buffer BYTES = Buffer.buffer("0123456789");

  @Test
  void drainHandler_setAfterAllIsWritten_isCalled(Vertx vertx, VertxTestContext test)
      throws Exception {
    Outflow out =
        new Outflow(vertx.getOrCreateContext(), new Output(new ByteArrayOutputStream(), false));
    out.setWriteQueueMaxSize(BYTES.length());
    await(out.write(BYTES));
    assertThat(out.writeQueueFull()).isFalse();
    out.drainHandler(v -> test.completeNow());
    assertThat(test.awaitCompletion(10, SECONDS)).isTrue();
  }

  @Test
  void drainHandler_setWhileItIsFull_isCalledOnceThereIsRoom(Vertx vertx, VertxTestContext test)
      throws Exception {
    PipedOutputStream stream = new PipedOutputStream();
    PipedInputStream read = new PipedInputStream(stream, BYTES.length());
    Outflow out = new Outflow(vertx.getOrCreateContext(), new Output(stream, false));
    out.setWriteQueueMaxSize(BYTES.length());
    await(out.write(BYTES));
    Future<Void> held = out.write(BYTES);
    assertThat(out.writeQueueFull()).isTrue();
    out.drainHandler(
        v ->
            test.verify(
                () -> {
                  assertThat(out.writeQueueFull()).isFalse();
                  test.completeNow();
                }));
    assertThat(test.completed()).isFalse();
    assertThat(read.readNBytes(BYTES.length())).isEqualTo(BYTES.getBytes());
    await(held);
    assertThat(test.awaitCompletion(10, SECONDS)).isTrue();
    assertThat(out.written()).isEqualTo(2L * BYTES.length());
  }

  @Test
  void write_thatEndsInWhatNobodyExpects_fails(Vertx vertx) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new IllegalStateException("broken");
          }
        };
    Outflow out = new Outflow(vertx.getOrCreateContext(), new Output(broken, false));
    assertThatThrownBy(() -> await(out.write(BYTES)))
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  private static void await(Future<Void> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }
}
