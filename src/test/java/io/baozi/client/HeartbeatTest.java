package io.baozi.client;

import static io.baozi.client.FakeServer.answer;
import static io.baozi.client.FakeServer.greeted;
import static io.baozi.client.FakeServer.resumed;
import static io.baozi.net.Served.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.net.Wire.Frame;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection with a heartbeat, when either end has nothing to say. */
@Timeout(60)
final class HeartbeatTest extends VertxFixture {
  private static final Duration BEAT = Duration.ofMillis(500);

  private final List<String> heard = new ArrayList<>();

  @Test
  void hello_withHeartbeat_saysSo() throws Exception {
    try (FakeServer server =
        FakeServer.from(
            wire -> {
              Frame hello = wire.read();
              heard.add(hello.json());
              answer(wire, hello, ",\"session\":\"s\",\"limits\":{\"maxHeader\":65536}");
              FakeServer.readToTheEnd(wire);
            })) {
      await(
          await(
                  Client.connect(
                      vertx,
                      server
                          .options()
                          .withHeartbeat(Duration.ofSeconds(9))
                          .withGrace(Duration.ofSeconds(8))))
              .close());
    }
    assertThat(heard.get(0)).contains("\"grace\":8000", "\"heartbeat\":9000");
  }

  @Test
  void client_withNothingToSay_pingsWithoutAskingForAnAnswerAndHearsTheServersPings()
      throws Exception {
    try (FakeServer server =
        FakeServer.greeting(
            wire -> {
              Frame echo = wire.read();
              for (int i = 0; i < 4; i++) {
                heard.add(wire.read().json());
                wire.send("{\"op\":\"ping\"}");
              }
              wire.send("{\"id\":" + echo.id() + ",\"ok\":true}", echo.body());
              FakeServer.readToTheEnd(wire);
            })) {
      Client client = await(Client.connect(vertx, server.options().withHeartbeat(BEAT)));
      assertThat(await(client.echo(Buffer.buffer("x")))).isEqualTo(Buffer.buffer("x"));
      await(client.close());
    }
    assertThat(heard).hasSize(4).containsOnly("{\"op\":\"ping\"}");
  }

  @Test
  void server_thatFallsSilent_isTakenForLost() throws Exception {
    try (FakeServer server = FakeServer.greeting(FakeServer::readToTheEnd)) {
      Client client = await(Client.connect(vertx, server.options().withHeartbeat(BEAT)));
      assertThatThrownBy(() -> await(client.ping()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("silent for 1000 ms");
    }
  }

  @Test
  void server_thatFallsSilentWithGrace_isLeftForTheNextConnection() throws Exception {
    try (FakeServer server =
        FakeServer.from(
            greeted(FakeServer::readToTheEnd),
            resumed(
                wire -> {
                  Frame ping = wire.read();
                  heard.add(ping.json());
                  answer(wire, ping, "");
                  FakeServer.readToTheEnd(wire);
                }))) {
      Client client =
          await(
              Client.connect(
                  vertx, server.options().withHeartbeat(BEAT).withGrace(Duration.ofSeconds(20))));
      await(client.ping());
      await(client.close());
    }
    assertThat(heard).containsExactly("{\"op\":\"ping\",\"id\":2,\"again\":true}");
  }
}
