package io.baozi.bus;

import io.baozi.broker.BrokerSettings;
import io.baozi.broker.BrokerVerticle;
import io.baozi.broker.queue.TestSettings;
import io.baozi.frame.FrameLimits;
import io.baozi.net.TcpServer;
import io.baozi.net.TcpServerOptions;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server on a free port through which permitted addresses are reached. */
public final class BridgedServer {
  private static final long MEMORY = 64L * 1024 * 1024;

  private final TcpServer server;

  private BridgedServer(TcpServer server) {
    this.server = server;
  }

  public static BridgedServer start(Vertx vertx, Permissions permissions) throws Exception {
    ServiceBus bus = new ServiceBus(vertx, Addresses.DEFAULT);
    BrokerSettings settings =
        new BrokerSettings(
            "test", FrameLimits.DEFAULT, 100, MEMORY, TestSettings.of(100, 60_000), Map.of());
    TcpServer server = new TcpServer(TcpServerOptions.at("127.0.0.1", 0)).services(bus);
    vertx
        .deployVerticle(new BrokerVerticle(bus, settings))
        .compose(
            id ->
                vertx.deployVerticle(
                    new BridgeVerticle(
                        bus, permissions, BridgeLimits.of(FrameLimits.DEFAULT, MEMORY))))
        .compose(id -> vertx.deployVerticle(server))
        .await(10, TimeUnit.SECONDS);
    return new BridgedServer(server);
  }

  public SocketPeer connect() throws Exception {
    return new SocketPeer(server.port());
  }
}
