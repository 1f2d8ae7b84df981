package io.baozi.bench;

import io.baozi.frame.FrameFault;
import io.baozi.frame.FrameHandler;
import io.baozi.frame.FrameLimits;
import io.baozi.frame.FrameParser;
import io.baozi.frame.FrameWriter;
import io.baozi.frame.Header;
import io.baozi.frame.Words;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.transport.Transport;
import java.nio.ByteOrder;

/**
 * The yardstick for an echo through the whole server: a Vert.x server that parses the same frames
 * on one event loop, answers them with one write per read, and does nothing else.
 */
final class BareEcho {
  private BareEcho() {}

  /** Serves until it is killed; prints its port. */
  public static void main(String[] args) throws Exception {
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(1))
            .withTransport(
                Transport.EPOLL != null && Transport.EPOLL.available()
                    ? Transport.EPOLL
                    : Transport.NIO)
            .build();
    FrameWriter writer = new FrameWriter(ByteOrder.BIG_ENDIAN);
    Words words = new Words();
    vertx
        .createNetServer(new NetServerOptions().setTcpNoDelay(true).setHost("127.0.0.1").setPort(0))
        .connectHandler(socket -> serve(socket, writer, words))
        .listen()
        .onSuccess(server -> System.out.println("serves on tcp 127.0.0.1:" + server.actualPort()))
        .onFailure(
            e -> {
              System.err.println(e);
              System.exit(1);
            });
  }

  private static void serve(NetSocket socket, FrameWriter writer, Words words) {
    FrameParser parser =
        new FrameParser(
            FrameLimits.DEFAULT,
            new FrameHandler() {
              @Override
              public void frame(Header header, Buffer body) {
                writer.add(Header.of("id", header.get("id"), "ok", true), body);
              }

              @Override
              public void skipped(Header header) {
                socket.close();
              }

              @Override
              public void fault(FrameFault fault) {
                socket.close();
              }
            },
            words,
            () -> false);
    socket.handler(
        chunk -> {
          parser.handle(chunk);
          socket.write(writer.take());
        });
  }
}
