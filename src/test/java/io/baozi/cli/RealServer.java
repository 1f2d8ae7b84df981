package io.baozi.cli;

import io.baozi.Baozi;
import io.baozi.client.Client;
import io.baozi.client.QueueStats;
import io.baozi.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;

/** A whole server in the test's own process. */
final class RealServer implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Baozi baozi;
  private final Client client;

  RealServer() throws Exception {
    this(Map.of());
  }

  /** A server whose files are in this folder. */
  RealServer(Path files) throws Exception {
    this(Map.of("dir", files.toString()));
  }

  private RealServer(Map<String, Object> files) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "files", files,
            "server", Map.of("port", 0, "maxMessage", 100_000),
            "udp", Map.of("port", 0),
            "journal", Map.of("enabled", false),
            "queues",
                Map.of(
                    "small", Map.of("capacity", 3),
                    "tight", Map.of("capacity", 2),
                    "crowded", Map.of("capacity", 2)));
    baozi = await(Baozi.start(vertx, Config.of(settings)));
    client = await(baozi.connect());
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get();
  }

  /** A run of the command line on this server. */
  CommandRun run() {
    return CommandRun.at(baozi.port()).with("BAOZI_UDP_PORT", "" + baozi.udpPort().getAsInt());
  }

  int port() {
    return baozi.port();
  }

  Client client() {
    return client;
  }

  QueueStats stats(String queue) throws Exception {
    return await(client.queue(queue).stats());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
