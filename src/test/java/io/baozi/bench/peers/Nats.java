package io.baozi.bench.peers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stream of NATS JetStream in files, forced at each message by versions that can do so. */
final class Nats implements Peer {
  /** The first version with a sync_interval of always. */
  private static final int[] FORCES = {2, 10};

  private final Optional<Program> program = Program.find("nats-server");

  @Override
  public String name() {
    return "NATS JetStream, file";
  }

  @Override
  public boolean isInstalled() {
    return program.isPresent();
  }

  @Override
  public Closeable start(Path directory, int port) throws IOException, InterruptedException {
    Path configuration = directory.resolve("nats.conf");
    Files.writeString(
        configuration,
        """
        listen: "127.0.0.1:%d"
        jetstream {
          store_dir: "%s"
          %s
        }
        """
            .formatted(port, directory, forces() ? "sync_interval: always" : ""));
    List<String> command =
        List.of(program.orElseThrow().toString(), "-c", configuration.toString());
    return Spawned.start(directory, Map.of(), command).awaitPort(port);
  }

  @Override
  public Conversation converse(int number, byte[] body) {
    return new NatsConversation("_INBOX." + number, body);
  }

  @Override
  public String version() throws IOException {
    return program.orElseThrow().version("-v");
  }

  @Override
  public String reservation() throws IOException {
    return forces() ? "" : "forces every two minutes, sync_interval: always came with 2.10";
  }

  private boolean forces() throws IOException {
    int[] version = Arrays.stream(version().split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    return Arrays.compare(version, FORCES) >= 0;
  }
}
