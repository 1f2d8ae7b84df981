package io.baozi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.bus.BridgedServer;
import io.baozi.bus.Permissions;
import io.baozi.bus.SocketPeer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@Timeout(30)
final class GreeterServiceTest {
  @Test
  void greeter_reachedOverTcp_greetsAndTellsWhom(Vertx vertx) throws Exception {
    vertx.deployVerticle(new GreeterService()).await(10, TimeUnit.SECONDS);
    BridgedServer server =
        BridgedServer.start(vertx, new Permissions(Set.of("greeter"), Set.of("greeted")));
    try (SocketPeer peer = server.connect()) {
      peer.send(op(1, "bus.subscribe").put("address", "greeted"), "");
      int sub = peer.read().header().getInteger("sub");
      peer.send(op(2, "bus.request").put("address", "greeter").put("wait", 5000), "Mei");
      SocketPeer.Received first = peer.read();
      SocketPeer.Received second = peer.read();
      SocketPeer.Received answer = first.header().containsKey("id") ? first : second;
      SocketPeer.Received push = first.header().containsKey("id") ? second : first;
      assertThat(answer.text()).isEqualTo("Hello, Mei");
      assertThat(push.header().getInteger("sub")).isEqualTo(sub);
      assertThat(push.text()).isEqualTo("Mei");
      peer.send(op(3, "bus.request").put("address", "greeter"), " ");
      JsonObject refused = peer.read().header();
      assertThat(refused.getString("error")).isEqualTo("failed");
      assertThat(refused.getString("message")).isEqualTo("a greeting needs a name");
      assertThat(refused.getInteger("code")).isEqualTo(400);
    }
  }

  private static JsonObject op(int id, String op) {
    return new JsonObject().put("op", op).put("id", id);
  }
}
