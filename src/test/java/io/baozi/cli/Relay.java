package io.baozi.cli;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A stretch of the way to a server, which can be cut. */
final class Relay implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final NetClient onward = vertx.createNetClient();
  private final BlockingQueue<NetSocket> connections = new LinkedBlockingQueue<>();
  private final NetServer server;
  private final int target;

  Relay(int target) throws Exception {
    this.target = target;
    this.server =
        RealServer.await(vertx.createNetServer().connectHandler(this::join).listen(0, "127.0.0.1"));
  }

  private void join(NetSocket near) {
    near.pause();
    onward
        .connect(target, "127.0.0.1")
        .onSuccess(
            far -> {
              near.pipeTo(far);
              far.pipeTo(near);
              connections.add(near);
            });
  }

  int port() {
    return server.actualPort();
  }

  /** Cuts the connection that was made first, once it is there. */
  void cut() throws InterruptedException {
    connections.take().close();
  }

  /** Waits until there is one that was not cut. */
  void awaitConnection() throws InterruptedException {
    connections.put(connections.take());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
