package io.baozi.net;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.transport.Transport;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The echo as a client without any of its code sees it, on each transport of this machine. */
@ParameterizedClass(name = "{0}")
@MethodSource("transports")
@Timeout(30)
final class UdpServerTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String LOCAL = LOOPBACK.getHostAddress();

  private final Vertx vertx;

  UdpServerTest(String transport) {
    Transport chosen = transport.equals("epoll") ? Transport.EPOLL : Transport.NIO;
    vertx = Vertx.builder().withTransport(chosen).build();
  }

  static Stream<String> transports() {
    return Transport.EPOLL != null && Transport.EPOLL.available()
        ? Stream.of("nio", "epoll")
        : Stream.of("nio");
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2048, 2049, 65507})
  void datagram_anySize_returnsWhole(int size) throws Exception {
    byte[] data = random(size);
    try (UdpPeer peer = new UdpPeer(LOCAL, started(LOCAL).port())) {
      peer.send(data);
      assertThat(peer.receive()).isEqualTo(data);
    }
  }

  @Test
  void emptyDatagrams_amongOthers_eachReturnsOnce() throws Exception {
    UdpServer server = new UdpServer(new UdpOptions(LOCAL, 0));
    String id = await(vertx.deployVerticle(server));
    try (UdpPeer peer = new UdpPeer(LOCAL, server.port())) {
      for (int burst = 0; burst < 50; burst++) {
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          sent.add(i % 3 == 0 ? new byte[] {(byte) burst, (byte) i} : new byte[0]);
          peer.send(sent.get(i));
        }
        List<byte[]> returned = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          returned.add(peer.receive());
        }
        assertThat(returned).containsExactlyInAnyOrderElementsOf(sent);
      }
    }
    await(vertx.undeploy(id)); // an answer may arrive before it is counted
    assertThat(server.stats()).isEqualTo(new UdpStats(1000, 1000, 0, 0, 700));
  }

  @Test
  void answer_anySize_comesFromTheServersPort() throws Exception {
    UdpServer server = started(LOCAL);
    try (UdpPeer peer = new UdpPeer(LOCAL, server.port())) {
      for (int size : new int[] {0, 1}) {
        peer.send(new byte[size]);
        peer.receive();
        assertThat(peer.lastSender()).isEqualTo(new InetSocketAddress(LOOPBACK, server.port()));
      }
    }
  }

  @Test
  void clients_two_eachGetsItsOwn() throws Exception {
    int port = started(LOCAL).port();
    try (UdpPeer one = new UdpPeer(LOCAL, port);
        UdpPeer other = new UdpPeer(LOCAL, port)) {
      for (byte i = 0; i < 50; i++) {
        one.send(new byte[] {1, i});
        other.send(new byte[] {2, i});
        assertThat(other.receive()).containsExactly(2, i);
        assertThat(one.receive()).containsExactly(1, i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "::", "0.0.0.0", "localhost"})
  void host_anyKind_isAnswered(String host) throws Exception {
    Assumptions.assumeTrue(!host.contains(":") || ipv6Available(), "no IPv6 here");
    int port = started(host).port();
    try (UdpPeer peer = new UdpPeer(host, port)) {
      for (int size : new int[] {0, 1, 65507}) {
        byte[] data = random(size);
        peer.send(data);
        assertThat(peer.receive()).isEqualTo(data);
      }
    }
  }

  @Test
  void peer_gone_othersAreAnswered() throws Exception {
    int port = started(LOCAL).port();
    try (UdpPeer stays = new UdpPeer(LOCAL, port)) {
      for (byte i = 0; i < 50; i++) {
        try (UdpPeer leaves = new UdpPeer(LOCAL, port)) {
          leaves.send(new byte[i % 2]);
        }
        stays.send(new byte[] {i});
        assertThat(stays.receive()).containsExactly(i);
      }
    }
  }

  @Test
  void handler_set_isShownEachDatagramAndItsSender() throws Exception {
    BlockingQueue<DatagramPacket> seen = new LinkedBlockingQueue<>();
    UdpServer server = new UdpServer(new UdpOptions(LOCAL, 0)).handler(seen::add);
    await(vertx.deployVerticle(server));
    try (UdpPeer peer = new UdpPeer(LOCAL, server.port())) {
      for (int size : new int[] {0, 1, 65507}) {
        byte[] data = random(size);
        peer.send(data);
        assertThat(peer.receive()).isEqualTo(data);
        DatagramPacket packet = seen.poll(5, SECONDS);
        assertThat(packet.data()).isEqualTo(Buffer.buffer(data));
        assertThat(packet.sender().hostAddress()).isEqualTo(LOCAL);
      }
    }
  }

  @Test
  void handler_throws_echoGoesOn() throws Exception {
    BlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
    vertx.exceptionHandler(reported::add);
    RuntimeException fault = new IllegalStateException("from the handler");
    UdpServer server =
        new UdpServer(new UdpOptions(LOCAL, 0))
            .handler(
                packet -> {
                  throw fault;
                });
    await(vertx.deployVerticle(server));
    try (UdpPeer peer = new UdpPeer(LOCAL, server.port())) {
      for (byte i = 0; i < 3; i++) {
        peer.send(new byte[] {i});
        assertThat(peer.receive()).containsExactly(i);
        assertThat(reported.poll(5, SECONDS)).isSameAs(fault);
      }
    }
  }

  @Test
  void echo_off_onlyReceives() throws Exception {
    BlockingQueue<DatagramPacket> seen = new LinkedBlockingQueue<>();
    UdpServer server = new UdpServer(new UdpOptions(LOCAL, 0, false)).handler(seen::add);
    await(vertx.deployVerticle(server));
    try (UdpPeer peer = new UdpPeer(LOCAL, server.port())) {
      peer.send(new byte[3]);
      assertThat(seen.poll(5, SECONDS).data().length()).isEqualTo(3);
    }
    assertThat(server.stats()).isEqualTo(new UdpStats(1, 0, 0, 0, 3));
  }

  @Test
  void server_deployedOnAnotherVerticlesContext_isServedByItsLoop() throws Exception {
    BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    UdpServer server =
        new UdpServer(new UdpOptions(LOCAL, 0)).handler(p -> threads.add(Thread.currentThread()));
    String id = await(vertx.deployVerticle(new Parent(server, threads)));
    int port = server.port();
    try (UdpPeer peer = new UdpPeer(LOCAL, port)) {
      peer.send(new byte[0]);
      assertThat(peer.receive()).isEmpty();
    }
    assertThat(threads.poll(5, SECONDS)).isSameAs(threads.poll(5, SECONDS));
    await(vertx.undeploy(id));
    assertThat(isFree(port)).isTrue();
  }

  @Test
  void port_takenByAnother_isNamedInTheError() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK)) {
      UdpServer server = new UdpServer(new UdpOptions(LOCAL, taken.getLocalPort()));
      assertThatThrownBy(() -> await(vertx.deployVerticle(server)))
          .cause()
          .isInstanceOf(BindException.class)
          .hasMessage(
              "UDP 127.0.0.1:"
                  + taken.getLocalPort()
                  + " is in use; stop what listens there, or choose another port (0 is any that is"
                  + " free)")
          .hasCauseInstanceOf(java.io.IOException.class);
      assertThatThrownBy(server::port).hasMessage("the UDP server is not started");
    }
  }

  @Test
  void host_notHere_isNamedInTheError() {
    UdpServer server = new UdpServer(new UdpOptions("192.0.2.1", 7654));
    assertThatThrownBy(() -> await(vertx.deployVerticle(server)))
        .cause()
        .isInstanceOf(BindException.class)
        .hasMessageStartingWith("UDP 192.0.2.1:7654 cannot be bound: ");
  }

  @Test
  void server_stopped_portIsFreeAndTheSameServerStartsAgain() throws Exception {
    UdpServer first = new UdpServer(new UdpOptions(LOCAL, 0));
    String id = await(vertx.deployVerticle(first));
    int port = first.port();
    await(vertx.undeploy(id));
    assertThat(isFree(port)).isTrue();
    UdpServer again = new UdpServer(new UdpOptions(LOCAL, port));
    for (int run = 0; run < 2; run++) {
      id = await(vertx.deployVerticle(again));
      assertThat(again.port()).isEqualTo(port);
      try (UdpPeer peer = new UdpPeer(LOCAL, port)) {
        peer.send(new byte[run]);
        assertThat(peer.receive()).hasSize(run);
      }
      await(vertx.undeploy(id));
    }
    assertThat(again.stats()).isEqualTo(new UdpStats(2, 2, 0, 0, 1));
  }

  @Test
  void server_stopped_itsOwnLoopMayBindThePortAtOnce() throws Exception {
    Context context = vertx.getOrCreateContext();
    Promise<Integer> bound = Promise.promise();
    context.runOnContext(v -> restarted(context).onComplete(bound));
    assertThat(await(bound.future())).isPositive();
  }

  private static Future<Integer> restarted(Context context) {
    UdpServer first = new UdpServer(new UdpOptions(LOCAL, 0));
    return deploy(first, context)
        .compose(
            port -> {
              UdpServer second = new UdpServer(new UdpOptions(LOCAL, port));
              return first
                  .stop()
                  .compose(stopped -> deploy(second, context))
                  .compose(again -> second.stop().map(again));
            });
  }

  private static Future<Integer> deploy(UdpServer server, Context context) {
    try {
      return server.deploy(context).map(started -> server.port());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  private UdpServer started(String host) throws Exception {
    UdpServer server = new UdpServer(new UdpOptions(host, 0));
    await(vertx.deployVerticle(server));
    assertThat(server.port()).isPositive();
    return server;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }

  private static byte[] random(int size) {
    byte[] data = new byte[size];
    new Random(size).nextBytes(data);
    return data;
  }

  private static boolean isFree(int port) throws Exception {
    try (DatagramSocket socket = new DatagramSocket(port, LOOPBACK)) {
      return socket.isBound();
    } catch (BindException e) {
      return false;
    }
  }

  private static boolean ipv6Available() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getAllByName("::1")[0])) {
      return socket.isBound();
    } catch (SocketException e) {
      return false;
    }
  }

  /** Runs a server on its own context and tells its thread. */
  private static final class Parent extends VerticleBase {
    private final UdpServer child;
    private final BlockingQueue<Thread> threads;

    Parent(UdpServer child, BlockingQueue<Thread> threads) {
      this.child = child;
      this.threads = threads;
    }

    @Override
    public Future<?> start() throws Exception {
      threads.add(Thread.currentThread());
      return child.deploy(context);
    }

    @Override
    public Future<?> stop() throws Exception {
      return child.undeploy(context);
    }
  }
}
