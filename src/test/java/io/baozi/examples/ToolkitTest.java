package io.baozi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.net.Served;
import io.baozi.net.TcpServer;
import io.baozi.net.Wire;
import io.baozi.net.Wire.Frame;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The parts used alone, as their examples do. */
@Timeout(60)
final class ToolkitTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    Served.await(vertx.close());
  }

  @Test
  void greetingServer_request_isGreeted() throws Exception {
    TcpServer server = GreetingServer.at(0);
    Served.await(vertx.deployVerticle(server));
    try (Wire wire = Wire.connect(server.port())) {
      Frame answer = wire.ask("{\"op\":\"greeting.make\",\"id\":1,\"name\":\"Ann\"}");
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("Good day, Ann!");
      assertThat(wire.ask("{\"op\":\"greeting.make\",\"id\":2}").error()).isEqualTo("bad_request");
      assertThat(wire.ask("{\"op\":\"queue.put\",\"id\":3}").error()).isEqualTo("unknown_op");
    }
  }

  @Test
  void frameSocket_frame_comesBackMarked() throws Exception {
    int port = Served.await(FrameSocket.listen(vertx)).actualPort();
    try (Wire wire = Wire.connect(port)) {
      Frame frame = wire.send("{\"a\":1}", new byte[] {1, 2}).read();
      assertThat(frame.json()).isEqualTo("{\"a\":1,\"seen\":true,\"size\":2}");
      assertThat(frame.body()).containsExactly(1, 2);
    }
    try (Wire wire = Wire.connect(port)) {
      wire.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(wire.read().header().text("fault")).contains("HTTP");
      assertThat(wire.read()).isNull();
    }
  }
}
