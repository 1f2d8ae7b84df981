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
import io.vertx.core.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The load of an echo benchmark: connections that keep a number of requests in flight. All requests
 * are as long as one another, and so are all answers, so that counting bytes counts answers and the
 * client costs next to nothing.
 */
final class EchoLoad implements AutoCloseable {
  /** Ids are of three digits, and more than are in flight. */
  private static final int FIRST_ID = 100;

  private static final int IDS = 512;

  private final Vertx vertx;
  private final NetClient client;
  private final int inFlight;
  private final int requestLength;
  private final int answerLength;

  /** Requests of all ids in a row, twice, so that any run of them is one slice. */
  private final Buffer requests;

  private final List<Peer> peers = new ArrayList<>();

  private EchoLoad(int inFlight, int bodyLength) {
    this.inFlight = inFlight;
    vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(1))
            .withTransport(
                Transport.EPOLL != null && Transport.EPOLL.available()
                    ? Transport.EPOLL
                    : Transport.NIO)
            .build();
    client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    Buffer body = Buffer.buffer(new byte[bodyLength]);
    Buffer once = Buffer.buffer();
    for (int id = FIRST_ID; id < FIRST_ID + IDS; id++) {
      once.appendBuffer(FrameWriter.frame(Header.of("op", "echo", "id", id), body));
    }
    requestLength = once.length() / IDS;
    answerLength = FrameWriter.frame(Header.of("id", FIRST_ID, "ok", true), body).length();
    requests = Buffer.buffer().appendBuffer(once).appendBuffer(once);
  }

  static EchoLoad connect(int port, int connections, int inFlight, int bodyLength)
      throws Exception {
    EchoLoad load = new EchoLoad(inFlight, bodyLength);
    for (int i = 0; i < connections; i++) {
      Future<NetSocket> socket = load.client.connect(port, "127.0.0.1");
      load.peers.add(
          load
          .new Peer(socket.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS)));
    }
    return load;
  }

  /** Answers a second over a time, after another to warm up. */
  double measure(long warmUpMillis, long millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(warmUpMillis);
    long before = answers();
    long start = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(millis);
    return (answers() - before) * 1e9 / (System.nanoTime() - start);
  }

  private long answers() {
    return peers.stream().mapToLong(peer -> peer.answers.sum()).sum();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** One connection; its fields belong to the event loop but for the count. */
  private final class Peer {
    private final NetSocket socket;
    private int next;
    private int partial;
    private final LongAdder answers = new LongAdder();

    Peer(NetSocket socket) {
      this.socket = socket;
      socket.handler(this::receive);
      send(inFlight);
    }

    private void receive(Buffer chunk) {
      int bytes = partial + chunk.length();
      partial = bytes % answerLength;
      int complete = bytes / answerLength;
      answers.add(complete);
      if (complete > 0) {
        send(complete);
      }
    }

    private void send(int count) {
      for (int left = count; left > 0; ) {
        int now = Math.min(left, IDS);
        socket.write(requests.slice(next * requestLength, (next + now) * requestLength));
        next = (next + now) % IDS;
        left -= now;
      }
    }
  }
}
