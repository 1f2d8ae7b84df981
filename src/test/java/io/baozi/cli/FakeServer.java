package io.baozi.cli;

import io.baozi.frame.FrameFault;
import io.baozi.frame.FrameHandler;
import io.baozi.frame.FrameLimits;
import io.baozi.frame.FrameParser;
import io.baozi.frame.FrameWriter;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Map;

/** A server that misbehaves on cue. It says hello as a good one does. */
final class FakeServer implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final NetServer server;

  /** A request after hello, and how to answer it. */
  record Call(NetSocket socket, Header header) {
    String op() {
      return header.text("op");
    }

    void answer(Object... fields) {
      send(Header.of("id", header.get("id"), "ok", true).with(fields), Buffer.buffer());
    }

    void refuse(String error, String message) {
      send(
          Header.of("id", header.get("id"), "ok", false, "error", error, "message", message),
          Buffer.buffer());
    }

    void send(Header answer, Buffer body) {
      socket.write(FrameWriter.frame(answer, body));
    }
  }

  private FakeServer(Handler<NetSocket> connections) throws Exception {
    server = vertx.createNetServer().connectHandler(connections);
    server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
  }

  /** A server that does this with each connection, and nothing else. */
  static FakeServer raw(Handler<NetSocket> connections) throws Exception {
    return new FakeServer(connections);
  }

  /** A server that answers hello, and leaves the other requests to {@code calls}. */
  static FakeServer answering(Handler<Call> calls) throws Exception {
    return new FakeServer(
        socket -> socket.handler(new FrameParser(FrameLimits.DEFAULT, new Frames(socket, calls))));
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private record Frames(NetSocket socket, Handler<Call> calls) implements FrameHandler {
    @Override
    public void frame(Header header, Buffer body) {
      Call call = new Call(socket, header);
      if (call.op().equals("hello")) {
        var limits = Map.of("maxHeader", 65536, "maxMessage", 1000, "maxInFlight", 100);
        call.answer("server", "fake", "session", "s", "limits", Json.of(limits));
      } else {
        calls.handle(call);
      }
    }

    @Override
    public void skipped(Header header) {
      throw new IllegalStateException("a body of " + header.size() + " bytes");
    }

    @Override
    public void fault(FrameFault fault) {
      throw new IllegalStateException(fault.message());
    }
  }
}
