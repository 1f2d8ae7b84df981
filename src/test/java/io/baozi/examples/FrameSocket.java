package io.baozi.examples;

import io.baozi.frame.FrameFault;
import io.baozi.frame.FrameHandler;
import io.baozi.frame.FrameLimits;
import io.baozi.frame.FrameParser;
import io.baozi.frame.FrameWriter;
import io.baozi.frame.Header;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** Parser and writer on a socket of one's own: every frame goes back with {@code seen} added. */
public final class FrameSocket implements FrameHandler {
  private final NetSocket socket;

  private FrameSocket(NetSocket socket) {
    this.socket = socket;
  }

  /** A server of such sockets, on any free port. */
  public static Future<NetServer> listen(Vertx vertx) {
    return vertx
        .createNetServer()
        .connectHandler(
            socket -> socket.handler(new FrameParser(FrameLimits.DEFAULT, new FrameSocket(socket))))
        .listen(0, "127.0.0.1");
  }

  @Override
  public void frame(Header header, Buffer body) {
    socket.write(FrameWriter.frame(header.with("seen", true), body));
  }

  @Override
  public void skipped(Header header) {
    socket.write(FrameWriter.frame(header.with("tooLarge", true), Buffer.buffer()));
  }

  @Override
  public void fault(FrameFault fault) {
    socket.end(FrameWriter.frame(Header.of("fault", fault.message()), Buffer.buffer()));
  }
}
