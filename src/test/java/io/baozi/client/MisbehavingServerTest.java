package io.baozi.client;

import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.net.Wire.Frame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client over TCP, whatever the other end says. */
@Timeout(60)
final class MisbehavingServerTest extends VertxFixture {
  @Test
  void puts_ofOneTick_travelInOneFrame() throws Exception {
    List<Frame> frames = new ArrayList<>();
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              frames.add(wire.read());
              wire.send("{\"id\":2,\"ok\":true,\"msgs\":[7,8,9],\"durable\":\"memory\"}");
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      List<Future<Receipt>> puts = new ArrayList<>();
      Promise<Void> made = Promise.promise();
      vertx.runOnContext(
          v -> {
            for (String body : new String[] {"a", "", "bcd"}) {
              puts.add(client.queue("q").put(Buffer.buffer(body)));
            }
            made.complete();
          });
      await(made.future());
      assertThat(all(puts)).extracting(Receipt::msg).containsExactly(7L, 8L, 9L);
      assertThat(frames.get(0).json())
          .isEqualTo(
              "{\"op\":\"queue.put\",\"queue\":\"q\",\"wait\":30000,"
                  + "\"sizes\":[1,0,3],\"each\":true,\"id\":2,\"size\":4}");
      await(client.close());
    }
  }

  private static List<Receipt> all(List<Future<Receipt>> puts) {
    return puts.stream().map(put -> await(put)).toList();
  }

  @Test
  void answers_outOfOrder_reachTheirCalls() throws Exception {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              wire.read();
              wire.read();
              wire.send("{\"id\":99,\"ok\":true}"); // answers nobody
              wire.send("{\"op\":\"lock.lost\"}"); // a push
              wire.send("{\"id\":3,\"ok\":true}", new byte[] {3});
              wire.send("{\"id\":2,\"ok\":true}", new byte[] {2});
              wire.send("{\"id\":2,\"ok\":true}", new byte[] {9}); // once more
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      Future<Buffer> first = client.echo(Buffer.buffer("x"));
      Future<Buffer> second = client.echo(Buffer.buffer("y"));
      assertThat(await(first).getByte(0)).isEqualTo((byte) 2);
      assertThat(await(second).getByte(0)).isEqualTo((byte) 3);
      await(client.close());
    }
  }

  @Test
  void call_neverAnswered_timesOutAndIsCancelledOnce() throws Exception {
    List<String> heard = new ArrayList<>();
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
                heard.add(frame.header().text("op"));
              }
            })) {
      Client client =
          await(Client.connect(vertx, server.options().withTimeout(Duration.ofSeconds(1))));
      refused(client.ping(), ErrorCode.TIMEOUT);
      // Its cancellation is not answered either, and times out before the next call does.
      refused(client.echo(Buffer.buffer()), ErrorCode.TIMEOUT);
      refused(client.echo(Buffer.buffer()), ErrorCode.TIMEOUT);
      refused(client.echo(Buffer.buffer()), ErrorCode.TIMEOUT);
      await(client.close());
    }
    assertThat(heard.stream().filter("cancel"::equals).count()).isLessThanOrEqualTo(4);
    assertThat(heard).startsWith("ping", "cancel");
  }

  @Test
  void connection_lost_failsAllCalls() throws Exception {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              wire.read();
              wire.read();
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      Promise<Throwable> told = Promise.promise();
      client.closeHandler(told::complete);
      Future<Void> ping = client.ping();
      Future<Message> take = client.queue("q").take();
      assertThatThrownBy(() -> await(ping)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> await(take)).isInstanceOf(IOException.class);
      assertThat(await(told.future())).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> await(client.queue("q").put(Buffer.buffer("m"))))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void server_garbage_failsAllCallsAndCloses() throws Exception {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              wire.read();
              wire.send("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      assertThatThrownBy(() -> await(client.ping()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not speak Baozi frames");
    }
  }

  @Test
  void server_refusalWithoutId_failsAllCallsWithItAndCloses() throws Exception {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              wire.read();
              wire.send("{\"ok\":false,\"error\":\"bad_frame\",\"message\":\"no\"}");
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      refused(client.ping(), ErrorCode.BAD_FRAME);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":1,\"ok\":true}",
        "{\"id\":1,\"ok\":true,\"limits\":5,\"session\":\"s\"}",
        "{\"id\":1,\"ok\":true,\"limits\":{\"maxHeader\":99999999999},\"session\":\"s\"}",
        "{\"id\":1,\"ok\":\"yes\"}",
        "{\"id\":1,\"ok\":false}",
        "{\"ok\":false,\"error\":\"busy\",\"message\":\"too many\"}"
      })
  void connect_helloAnsweredBadly_failsAndCloses(String answer) throws Exception {
    try (FakeServer server =
        FakeServer.from(
            wire -> {
              wire.read();
              wire.send(answer);
              FakeServer.readToTheEnd(wire);
            })) {
      assertThatThrownBy(() -> await(Client.connect(vertx, server.options())))
          .isInstanceOfAny(IOException.class, RefusedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"msgs\":5",
        ",\"msgs\":[]",
        ",\"msgs\":[1,2,3]",
        ",\"msgs\":{}",
        ",\"msgs\":[{\"msg\":1,\"attempt\":1}]",
        ",\"msgs\":[{\"msg\":1,\"attempt\":1}],\"sizes\":[9]",
        ",\"msgs\":[{\"msg\":1,\"attempt\":1}],\"sizes\":[-1]",
        ",\"msgs\":[{\"msg\":\"x\",\"attempt\":1}],\"sizes\":[0]",
        ",\"msg\":\"x\"",
        ",\"msgs\":[1],\"errors\":7",
        ",\"msgs\":[null,null],\"errors\":[]",
        ",\"msgs\":[1,null],\"errors\":[{\"at\":\"x\"}]",
        ",\"acked\":\"one\"",
        ",\"acked\":99999999999"
      })
  void call_answeredWithTheWrongTypes_failsAndTheClientLives(String fields) throws Exception {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
                boolean ping = "ping".equals(frame.header().text("op"));
                wire.send("{\"id\":" + frame.id() + ",\"ok\":true" + (ping ? "" : fields) + "}");
              }
            })) {
      Client client = await(Client.connect(vertx, server.options()));
      Queue queue = client.queue("q");
      List<Future<?>> calls = new ArrayList<>();
      Promise<Void> made = Promise.promise();
      vertx.runOnContext(
          v -> {
            calls.add(queue.put(Buffer.buffer("alone")));
            calls.add(queue.take(TakeOptions.ONE.withMax(3)));
            calls.add(queue.put(Buffer.buffer("one")));
            calls.add(queue.put(Buffer.buffer("two")));
            calls.add(queue.ack(new Message("q", 1, 1, null, Buffer.buffer())));
            made.complete();
          });
      await(made.future());
      for (Future<?> call : calls) {
        assertThatThrownBy(() -> await(call)).isInstanceOf(IOException.class);
      }
      await(client.ping());
      await(client.close());
    }
  }

  @Test
  void close_thenVertx_completesThoughTheContextHasEnded() throws Exception {
    try (FakeServer server = FakeServer.greeting(FakeServer::readToTheEnd)) {
      Vertx own = Vertx.vertx();
      Client client = await(Client.connect(own, server.options()));
      await(client.close().eventually(own::close));
    }
  }

  @Test
  void connect_nobodyListens_fails() throws Exception {
    int port;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = listener.getLocalPort();
    }
    assertThatThrownBy(
            () -> await(Client.connect(vertx, ClientOptions.defaults().at("127.0.0.1", port))))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void connect_serverThatNeverSpeaks_timesOut() throws Exception {
    try (FakeServer server = FakeServer.from(FakeServer::readToTheEnd)) {
      refused(
          Client.connect(vertx, server.options().withTimeout(Duration.ofMillis(200))),
          ErrorCode.TIMEOUT);
    }
  }

  private static void refused(Future<?> future, ErrorCode code) {
    assertThatThrownBy(() -> await(future))
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void calls_afterTheEnd_failForThatReasonHoweverMany() throws Exception {
    try (FakeServer server = FakeServer.greeting(FakeServer::readToTheEnd)) {
      Client client =
          await(Client.connect(vertx, server.options().withMaxInFlight(1).withMaxWaiting(1)));
      await(client.close());
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> await(client.ping())).hasMessageContaining("was closed");
      }
    }
  }
}
