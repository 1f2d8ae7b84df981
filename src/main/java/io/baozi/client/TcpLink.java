package io.baozi.client;

import io.baozi.frame.FrameParser;
import io.baozi.frame.FrameWriter;
import io.baozi.frame.Header;
import io.baozi.message.Operation;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A link over a TCP connection of its own. */
final class TcpLink extends TcpFrames implements Link {
  /** A buffer of this many bytes or more is written before the next is begun. */
  private static final int CHUNK = 256 * 1024;

  /** Kept: a client that nobody refers to is collected together with its sockets. */
  private final NetClient client;

  private final Home home;
  private final FrameParser parser;
  private final FrameWriter writer;
  private Handler<Reply> replies = reply -> {};
  private Handler<Throwable> closed = cause -> {};
  private boolean over;

  /** Null if silence does not matter. */
  private Heartbeat heartbeat;

  private TcpLink(Home home, NetClient client, NetSocket socket, ClientOptions options) {
    super(socket);
    this.home = home;
    this.client = client;
    this.parser = new FrameParser(options.frameLimits(), this);
    this.writer = new FrameWriter(options.byteOrder());
    socket.handler(parser);
    socket.closeHandler(v -> gone());
  }

  static Future<Link> connect(Home home, ClientOptions options) {
    NetClient client = client(home, options);
    return client
        .connect(options.port(), options.host())
        .map(socket -> (Link) new TcpLink(home, client, socket, options))
        .onFailure(e -> client.close());
  }

  /** What makes connections to the server. */
  static NetClient client(Home home, ClientOptions options) {
    return home.vertx()
        .createNetClient(
            new NetClientOptions()
                .setConnectTimeout(Math.toIntExact(options.connectTimeout().toMillis()))
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true));
  }

  @Override
  public void send(List<Request> requests) {
    for (Request request : requests) {
      writer.add(request.header(), request.body());
      if (writer.length() >= CHUNK) {
        socket.write(writer.take());
      }
    }
    if (writer.length() > 0) {
      socket.write(writer.take());
    }
    if (heartbeat != null) {
      heartbeat.said();
    }
  }

  @Override
  public void beat(Duration interval) {
    if (over) {
      return;
    }
    Heartbeat begun = new Heartbeat(home, interval, this::ping, () -> silent(interval));
    heartbeat = begun;
    socket.handler(
        bytes -> {
          begun.heard();
          parser.handle(bytes);
        });
  }

  /** Its answer would say no more than what the server says anyway, so none is asked for. */
  private void ping() {
    send(List.of(Outgoing.of(Operation.PING.wire(), Buffer.buffer(0), 0).unanswered()));
  }

  /** Nobody may be there to take what is still to be written, so that is not waited for. */
  private void silent(Duration interval) {
    long millis = 2 * interval.toMillis();
    because(new IOException("the server was silent for " + millis + " ms (two heartbeats)"));
    gone();
    cut();
  }

  @Override
  public void onReply(Handler<Reply> handler) {
    replies = handler;
  }

  @Override
  public void onClosed(Handler<Throwable> handler) {
    closed = handler;
  }

  @Override
  public Future<Void> close() {
    return socket.close();
  }

  @Override
  public void frame(Header header, Buffer body) {
    replies.handle(Reply.read(header, body));
  }

  private void gone() {
    if (over) {
      return;
    }
    over = true;
    if (heartbeat != null) {
      heartbeat.stop();
    }
    client.close();
    closed.handle(cause());
  }
}
