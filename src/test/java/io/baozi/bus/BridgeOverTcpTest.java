package io.baozi.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.bus.SocketPeer.Received;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@Timeout(60)
final class BridgeOverTcpTest {
  /** A verticle of a user's: it knows nothing of the server. */
  private static final class Upper extends VerticleBase {
    @Override
    public Future<?> start() {
      return vertx
          .eventBus()
          .<Buffer>consumer("upper", m -> m.reply(m.body().toString().toUpperCase(Locale.ROOT)))
          .completion();
    }
  }

  private final CountDownLatch asked = new CountDownLatch(2);
  private BridgedServer server;

  @BeforeEach
  void start(Vertx vertx) throws Exception {
    vertx.eventBus().consumer("silent", message -> asked.countDown());
    vertx.deployVerticle(new Upper()).await(10, TimeUnit.SECONDS);
    server =
        BridgedServer.start(
            vertx, new Permissions(Set.of("upper", "silent", "news"), Set.of("news")));
  }

  private static JsonObject op(int id, String op, String address) {
    return new JsonObject().put("op", op).put("id", id).put("address", address);
  }

  @Test
  void request_usersVerticle_answersOverTcp() throws Exception {
    try (SocketPeer peer = server.connect()) {
      peer.send(op(1, "bus.request", "upper"), "baozi");
      Received answer = peer.read();
      assertThat(answer.header())
          .isEqualTo(new JsonObject().put("id", 1).put("ok", true).put("size", 5));
      assertThat(answer.text()).isEqualTo("BAOZI");
    }
  }

  @Test
  void request_bodyOverMaxMessageToForbiddenAddress_isForbiddenAndTheConnectionLives()
      throws Exception {
    try (SocketPeer peer = server.connect()) {
      peer.send(op(1, "bus.request", "nowhere"), new byte[(1 << 20) + 1]);
      assertThat(peer.read().header().getString("error")).isEqualTo("forbidden");
      peer.send(op(2, "bus.request", "upper"), new byte[(1 << 20) + 1]);
      assertThat(peer.read().header().getString("error")).isEqualTo("too_large");
      peer.send(op(3, "bus.request", "upper"), "a");
      assertThat(peer.read().text()).isEqualTo("A");
    }
  }

  @Test
  void cancel_isRoutedToTheBridge() throws Exception {
    try (SocketPeer peer = server.connect()) {
      peer.send(op(1, "bus.request", "silent"), "");
      peer.send(new JsonObject().put("op", "cancel").put("id", 2).put("request", 1), "");
      Received cancelled = peer.read();
      assertThat(cancelled.header().getInteger("id")).isEqualTo(1);
      assertThat(cancelled.header().getString("error")).isEqualTo("cancelled");
      assertThat(peer.read().header().getBoolean("ok")).isTrue();
    }
  }

  @Test
  void end_whileRequestsWait_cancelsThemAndCloses() throws Exception {
    try (SocketPeer peer = server.connect()) {
      peer.send(op(1, "bus.request", "silent"), "");
      peer.send(op(1, "bus.request", "silent").putNull("id"), "");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      peer.end();
      assertThat(peer.read().header().getString("error")).isEqualTo("cancelled");
      assertThat(peer.isAtEnd()).isTrue();
    }
  }

  /** Four times what may be unread at once. */
  @Test
  void pushes_clientReads_areAllPushed() throws Exception {
    try (SocketPeer peer = server.connect();
        SocketPeer other = server.connect()) {
      peer.send(op(1, "bus.subscribe", "news"), "");
      peer.read();
      for (int i = 0; i < 16; i++) {
        other.send(op(2, "bus.publish", "news"), new byte[1 << 20]);
        Received push = peer.read();
        assertThat(push.body().length()).isEqualTo(1 << 20);
        assertThat(push.header().containsKey("dropped")).isFalse();
        other.read();
      }
    }
  }

  /**
   * The system's buffers take some megabytes, the bridge keeps four more; the rest of 32 is dropped
   * and counted.
   */
  @Test
  void pushes_clientDoesNotRead_areDroppedAndCounted(Vertx vertx) throws Exception {
    int published = 32;
    try (SocketPeer peer = server.connect();
        SocketPeer other = server.connect()) {
      peer.send(op(1, "bus.subscribe", "news"), "");
      assertThat(peer.read().header().getInteger("sub")).isPositive();
      for (int i = 0; i < published; i++) {
        other.send(op(2, "bus.publish", "news"), new byte[1 << 20]);
        assertThat(other.read().header().getBoolean("ok")).isTrue();
      }
      int pushed = 0;
      long dropped = 0;
      for (int id = 3; pushed + dropped < published; id++) {
        other.send(op(id, "bus.publish", "news"), "small");
        other.read();
        peer.send(op(id, "bus.publish", "upper"), "");
        Received received = peer.read();
        while (!received.header().containsKey("id")) {
          pushed += received.body().length() == 1 << 20 ? 1 : 0;
          dropped += received.header().getLong("dropped", 0L);
          received = peer.read();
        }
      }
      assertThat(pushed).isPositive();
      assertThat(dropped).isPositive();
    }
  }
}
