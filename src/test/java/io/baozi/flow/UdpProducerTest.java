package io.baozi.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baozi.CapturedLog;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(VertxExtension.class)
final class UdpProducerTest {
  private static final JsonObject ANY_PORT = new JsonObject().put("port", 0);

  private final UdpProducer udp = new UdpProducer();

  private void send(byte[] data) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(data, data.length, InetAddress.getLoopbackAddress(), udp.localPort()));
    }
  }

  @ParameterizedTest
  @MethodSource("io.baozi.flow.Threadings#here")
  void datagrams_ofEveryLength_areAMessageEach(ThreadingModel threading, Vertx vertx)
      throws IOException {
    Steamer steamer = Steamer.of(vertx, 10);
    steamer.deploy(udp, ANY_PORT, 1, threading);
    byte[] longest = new byte[65_507];
    longest[65_506] = 7;
    send(new byte[0]);
    assertThat(steamer.eat().length()).isZero();
    send(new byte[] {1});
    assertThat(steamer.eat().getBytes()).containsExactly(1);
    send(longest);
    assertThat(steamer.eat().getBytes()).isEqualTo(longest);
    assertThat(udp.dropped()).isZero();
  }

  @Test
  void datagrams_thatFindNoRoom_areDroppedCountedAndSaidOnce(Vertx vertx) throws IOException {
    try (CapturedLog log = new CapturedLog()) {
      Steamer steamer = Steamer.of(vertx, 1);
      String id = steamer.deploy(udp, ANY_PORT.copy().put("pending", 2));
      send(new byte[] {1});
      steamer.stats(stats -> udp.accepted() == 1);
      send(new byte[] {2});
      send(new byte[] {3});
      steamer.stats(stats -> stats.waitingPuts() == 2);
      send(new byte[] {4});
      send(new byte[] {5});
      steamer.stats(stats -> udp.dropped() == 2);
      assertThat(log.lines("cook drops a datagram"))
          .singleElement()
          .asString()
          .endsWith("2 wait for room in queue steamer; 1 in all");
      assertThat(steamer.eat().getBytes()).containsExactly(1);
      assertThat(steamer.eat().getBytes()).containsExactly(2);
      assertThat(steamer.eat().getBytes()).containsExactly(3);
      steamer.undeploy(id);
    }
  }

  @Test
  void stop_freesThePort(Vertx vertx) {
    Steamer steamer = Steamer.of(vertx, 1);
    String id = steamer.deploy(udp, ANY_PORT);
    int port = udp.localPort();
    assertThat(isFree(port)).isFalse();
    steamer.undeploy(id);
    steamer.put("a");
    // The selector lets a closed socket go with its next round.
    steamer.stats(stats -> isFree(port));
  }

  private static boolean isFree(int port) {
    try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (SocketException e) {
      return false;
    }
  }

  @Test
  void deploy_portThatIsTaken_fails(Vertx vertx) throws IOException {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      JsonObject config = new JsonObject().put("port", taken.getLocalPort());
      assertThatThrownBy(() -> Steamer.of(vertx, 1).deploy(udp, config))
          .hasMessageContaining("in use");
    }
  }
}
