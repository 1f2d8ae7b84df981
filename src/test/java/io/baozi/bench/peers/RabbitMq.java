package io.baozi.bench.peers;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A durable queue of RabbitMQ, with persistent messages and publisher confirms. */
final class RabbitMq implements Peer {
  private final Optional<Program> program = Program.find("rabbitmq-server");
  private final Optional<Program> epmd = Program.find("epmd");
  private String version = "";

  @Override
  public String name() {
    return "RabbitMQ, confirms";
  }

  @Override
  public boolean isInstalled() {
    return program.isPresent() && epmd.isPresent();
  }

  /** Starts it with a port mapper of its own, which would otherwise stay behind. */
  @Override
  public Closeable start(Path directory, int port) throws IOException, InterruptedException {
    int mapperPort = Spawned.freePort();
    Files.createFile(directory.resolve("rabbitmq.conf"));
    Files.createFile(directory.resolve("rabbitmq-env.conf"));
    Map<String, String> environment = environment(directory, port, mapperPort);
    Spawned mapper = Spawned.start(directory, environment, List.of(epmd.orElseThrow().toString()));
    try {
      Spawned server =
          Spawned.start(directory, environment, List.of(program.orElseThrow().toString()));
      server.awaitPort(port);
      return () -> {
        server.close();
        mapper.close();
      };
    } catch (IOException | InterruptedException e) {
      mapper.close();
      throw e;
    }
  }

  private static Map<String, String> environment(Path directory, int port, int mapperPort)
      throws IOException {
    return Map.ofEntries(
        Map.entry("HOME", directory.toString()),
        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
        Map.entry("ERL_EPMD_PORT", Integer.toString(mapperPort)),
        Map.entry("RUNNING_UNDER_SYSTEMD", "true"), // one process, without a shell around it
        Map.entry("RABBITMQ_CONF_ENV_FILE", directory.resolve("rabbitmq-env.conf").toString()),
        Map.entry("RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq").toString()),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("plugins").toString()),
        Map.entry("RABBITMQ_MNESIA_BASE", directory.resolve("mnesia").toString()),
        Map.entry("RABBITMQ_LOG_BASE", directory.resolve("log").toString()),
        Map.entry("RABBITMQ_NODENAME", "baozi-bench-" + port + "@localhost"),
        Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
        Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
        Map.entry("RABBITMQ_DIST_PORT", Integer.toString(Spawned.freePort())),
        Map.entry(
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"));
  }

  @Override
  public Conversation converse(int number, byte[] body) {
    return conversation(body);
  }

  private AmqpConversation conversation(byte[] body) {
    return new AmqpConversation("puts", body, told -> version = told);
  }

  @Override
  public void empty(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      AmqpConversation conversation = conversation(new byte[0]);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      conversation.begin(in, socket.getOutputStream());
      conversation.purge(in, socket.getOutputStream());
    }
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String reservation() {
    return "";
  }
}
