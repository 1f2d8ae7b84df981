package io.baozi.bench;

import io.baozi.frame.FrameWriter;
import io.baozi.frame.Header;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * 10,000 connections beside one client: 9,000 that do nothing, 1,000 that drip a header byte by
 * byte. The client must not notice; the idle ones must stay, the slow ones must be told {@code
 * timeout} and be closed.
 */
final class Crowd {
  private static final int IDLE = 9_000;
  private static final int SLOW = 1_000;
  private static final int PINGS = 5_000;

  /** The client beside may see its 99th percentile grow to this, in microseconds. */
  private static final long NOTICED = 5_000;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final NetClient client =
      vertx.createNetClient(new NetClientOptions().setConnectTimeout(20_000));
  private final AtomicInteger idleLost = new AtomicInteger();
  private final AtomicInteger slowTold = new AtomicInteger();
  private final AtomicInteger slowClosed = new AtomicInteger();
  private final List<NetSocket> dripping = new ArrayList<>();

  private Crowd() {}

  /**
   * Prints what was seen; exit code 1 if the client was disturbed or a connection fared wrongly.
   */
  public static void main(String[] args) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-jar",
            "target/baozi.jar",
            "serve",
            "--set",
            "server.port=0",
            "--set",
            "udp.enabled=false");
    boolean well;
    try (ServerProcess server = ServerProcess.start(command)) {
      well = new Crowd().run(server);
    }
    System.exit(well ? 0 : 1);
  }

  private boolean run(ServerProcess server) throws Exception {
    long[] alone = pings(server.port());
    long before = server.residentKiB();
    join(server.port(), IDLE, this::idle);
    long perConnection = (server.residentKiB() - before) * 1024 / IDLE;
    join(server.port(), SLOW, this::slow);
    vertx.setPeriodic(500, t -> dripping.forEach(socket -> socket.write("x")));
    long[] among = pings(server.port());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (slowClosed.get() < SLOW && System.nanoTime() < deadline) {
      among = worse(among, pings(server.port()));
    }
    System.out.printf(
        "%d idle connections, %d bytes of resident memory each; %d lost%n",
        IDLE, perConnection, idleLost.get());
    System.out.printf(
        "%d slow ones, a byte every 500 ms: %d told timeout, %d closed%n",
        SLOW, slowTold.get(), slowClosed.get());
    System.out.printf(
        "a client beside them, ping p50/p99: alone %d/%d us, among them %d/%d us (bar %d us)%n",
        alone[0], alone[1], among[0], among[1], Math.max(NOTICED, 3 * alone[1]));
    boolean well =
        server.isAlive()
            && idleLost.get() == 0
            && slowTold.get() == SLOW
            && slowClosed.get() == SLOW
            && among[1] <= Math.max(NOTICED, 3 * alone[1]);
    System.out.println(well ? "undisturbed" : "DISTURBED");
    return well;
  }

  private void join(int port, int count, io.vertx.core.Handler<NetSocket> role) throws Exception {
    for (int joined = 0; joined < count; joined += 500) {
      List<Future<NetSocket>> some = new ArrayList<>();
      for (int i = 0; i < Math.min(500, count - joined); i++) {
        some.add(client.connect(port, "127.0.0.1").onSuccess(role));
      }
      Future.all(some).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  private void idle(NetSocket socket) {
    socket.closeHandler(v -> idleLost.incrementAndGet());
  }

  private void slow(NetSocket socket) {
    dripping.add(socket);
    socket.write(Buffer.buffer().appendInt(60_000).appendString("{\"op\":\""));
    socket.handler(
        answer -> {
          if (answer.toString(StandardCharsets.UTF_8).contains("\"timeout\"")) {
            slowTold.incrementAndGet();
          }
        });
    socket.closeHandler(
        v -> {
          dripping.remove(socket);
          slowClosed.incrementAndGet();
        });
  }

  /** The 50th and 99th percentile of a ping over a blocking socket, in microseconds. */
  private static long[] pings(int port) throws IOException {
    byte[] ping = FrameWriter.frame(Header.of("op", "ping", "id", 1), Buffer.buffer()).getBytes();
    long[] micros = new long[PINGS];
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(10_000);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      for (int i = 0; i < PINGS; i++) {
        long start = System.nanoTime();
        socket.getOutputStream().write(ping);
        in.readNBytes(in.readInt());
        micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
      }
    }
    Arrays.sort(micros);
    return new long[] {micros[PINGS / 2], micros[PINGS * 99 / 100]};
  }

  private static long[] worse(long[] a, long[] b) {
    return a[1] >= b[1] ? a : b;
  }
}
