package io.baozi.flow;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.LongAdder;

/**
 * Puts each datagram that reaches a port, an empty one too. A sender of datagrams cannot be made to
 * wait: those that come while too many wait for room in the queue are dropped, and counted.
 */
final class UdpProducer extends Producer {
  /**
   * Its settings.
   *
   * @param host the address to listen on
   * @param port to listen on, 0 for any free one
   * @param pending datagrams that may wait for the queue, 1 to 1000000
   */
  record Settings(String host, int port, int pending) {
    static Settings from(String place, JsonObject config) {
      Keys keys = new Keys(place, config, "host", "port", "pending");
      return new Settings(
          keys.text("host", "127.0.0.1"),
          (int) keys.integer("port", 0, 65535),
          (int) keys.integer("pending", 1024, 1, 1_000_000));
    }
  }

  /** The longest datagram is a little shorter. */
  private static final int RECEIVE_BUFFER = 65536;

  /** Bytes that may wait for the queue, however few datagrams they are. */
  private static final long MOST_BYTES = 16 << 20;

  private final LongAdder dropped = new LongAdder();
  private RareLog drops;
  private Settings own;
  private DatagramSocket socket;
  private int pending;
  private long bytes;

  @Override
  protected Future<?> open() {
    own = Settings.from(Kind.PRODUCER.place(settings().name()), config());
    drops = new RareLog(log());
    socket =
        vertx.createDatagramSocket(
            new DatagramSocketOptions().setReceiveBufferSize(RECEIVE_BUFFER));
    socket.exceptionHandler(e -> drops.warn(settings().name() + " had a fault on its socket", e));
    socket.handler(packet -> datagram(packet.data()));
    return socket
        .listen(own.port(), own.host())
        .onSuccess(
            v ->
                log()
                    .log(
                        Level.INFO,
                        settings().name() + " listens on UDP " + own.host() + ':' + localPort()));
  }

  /** The port it listens on. */
  int localPort() {
    return socket.localAddress().port();
  }

  /** The datagrams that were not put; from any thread. */
  long dropped() {
    return dropped.sum();
  }

  private void datagram(Buffer data) {
    if (isOver()) {
      return;
    }
    if (pending >= own.pending() || bytes + data.length() > MOST_BYTES) {
      drop(pending + " wait for room in queue " + settings().queue(), null);
      return;
    }
    pending++;
    bytes += data.length();
    put(data).onFailure(this::refused).onComplete(done -> decided(data.length()));
  }

  private void decided(int length) {
    pending--;
    bytes -= length;
  }

  private void refused(Throwable cause) {
    if (FlowSession.isEnd(cause)) {
      quit("stops", cause);
    } else {
      drop("queue " + settings().queue() + " refused it", cause);
    }
  }

  private void drop(String why, Throwable cause) {
    dropped.increment();
    drops.warn(
        settings().name() + " drops a datagram: " + why + "; " + dropped() + " in all", cause);
  }

  @Override
  protected Future<?> close() {
    return socket == null ? Future.succeededFuture() : socket.close();
  }
}
