package io.baozi.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations of a program's own, whatever their handlers do. */
@Timeout(60)
final class OperationTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    Served.await(vertx.close());
  }

  private TcpServer deployed(OperationHandler handler) {
    TcpServer server =
        new TcpServer(TcpServerOptions.at("127.0.0.1", 0)).operation("test.run", handler);
    Served.await(vertx.deployVerticle(server));
    return server;
  }

  private static final String RUN = "{\"op\":\"test.run\",\"id\":1}";

  @Test
  void handler_refuses_isToldSo() throws Exception {
    answers(
        request -> Future.failedFuture(new RefusedException(ErrorCode.CONFLICT, "no")), "conflict");
    answers(
        request -> {
          throw new RefusedException(ErrorCode.FORBIDDEN, "no");
        },
        "forbidden");
  }

  @Test
  void handler_throwsOrFails_isInternalWithoutTheCause() throws Exception {
    answers(
        request -> {
          throw new IllegalStateException("secret");
        },
        "internal");
    answers(request -> Future.failedFuture(new IllegalStateException("secret")), "internal");
  }

  @Test
  void handler_answersNothing_isInternal() throws Exception {
    answers(request -> null, "internal");
    answers(request -> Future.succeededFuture(null), "internal");
  }

  private void answers(OperationHandler handler, String error) throws Exception {
    TcpServer server = deployed(handler);
    try (Wire wire = Wire.connect(server.port())) {
      Wire.Frame answer = wire.ask(RUN);
      assertThat(answer.error()).isEqualTo(error);
      assertThat(answer.id()).isEqualTo(1);
      assertThat(answer.json()).doesNotContain("secret");
      assertThat(wire.ask(RUN).error()).isEqualTo(error);
      wire.endOutput();
      assertThat(wire.read()).isNull();
    }
  }

  @Test
  void handler_answersFromAnotherThreadAndOutOfOrder_reachesItsPeer() throws Exception {
    List<Promise<Reply>> promises = new ArrayList<>();
    List<Request> requests = new ArrayList<>();
    Promise<Void> both = Promise.promise();
    TcpServer server =
        deployed(
            request -> {
              Promise<Reply> promise = Promise.promise();
              promises.add(promise);
              requests.add(request);
              if (promises.size() == 2) {
                both.complete();
              }
              return promise.future();
            });
    try (Wire wire = Wire.connect(server.port())) {
      wire.send(RUN).send("{\"op\":\"test.run\",\"id\":2}");
      wire.endOutput();
      Served.await(both.future());
      promises.get(1).complete(requests.get(1).ok());
      assertThat(wire.read().id()).isEqualTo(2);
      promises.get(0).complete(requests.get(0).ok());
      assertThat(wire.read().id()).isEqualTo(1);
      assertThat(wire.read()).isNull();
    }
  }

  @Test
  void handler_answersAPeerThatHasGone_letsTheServerDrain() throws Exception {
    Promise<Promise<Reply>> begun = Promise.promise();
    Promise<Request> asked = Promise.promise();
    TcpServer server =
        deployed(
            request -> {
              Promise<Reply> promise = Promise.promise();
              asked.complete(request);
              begun.complete(promise);
              return promise.future();
            });
    Wire wire = Wire.connect(server.port());
    wire.send(RUN);
    Promise<Reply> promise = Served.await(begun.future());
    wire.reset();
    Served.await(server.drain(Duration.ofSeconds(20)));
    promise.complete(Served.await(asked.future()).ok());
    try (Wire late = Wire.connect(server.port())) {
      assertThat(late.read().error()).isEqualTo("shutting_down");
    }
  }
}
