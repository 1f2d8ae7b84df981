package io.baozi.bench.peers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.jar.JarFile;

/** The jar that ships, with a journal that is forced before answers leave. */
final class BaoziServer implements Peer {
  private static final Path JAR = Path.of("target", "baozi.jar").toAbsolutePath();

  private static final String QUEUE = "puts";

  private final boolean gathered;
  private boolean forced = true;

  private BaoziServer(boolean gathered) {
    this.gathered = gathered;
  }

  /** Whose producers send a frame for each put. */
  static BaoziServer singly() {
    return new BaoziServer(false);
  }

  /** Whose producers that share a connection send a frame for all that they put at one time. */
  static BaoziServer gathered() {
    return new BaoziServer(true);
  }

  @Override
  public String name() {
    return gathered ? "Baozi, gathered in frames" : "Baozi";
  }

  @Override
  public boolean isCompiledAsItRuns() {
    return true;
  }

  @Override
  public boolean isInstalled() {
    return true;
  }

  @Override
  public Closeable start(Path directory, int port) throws IOException, InterruptedException {
    return start(directory, port, List.of());
  }

  /** The same with options of the JVM. */
  static Spawned start(Path directory, int port, List<String> options)
      throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of(
            "BAOZI_DATA_DIR",
            directory.resolve("data").toString(),
            "BAOZI_JOURNAL_SYNC",
            "always",
            "BAOZI_SERVER_PORT",
            Integer.toString(port),
            "BAOZI_UDP_ENABLED",
            "false");
    return Spawned.start(directory, environment, command(options)).awaitPort(port);
  }

  /** The command that serves. */
  private static List<String> command(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", JAR.toString(), "serve"));
    return command;
  }

  @Override
  public Conversation converse(int number, byte[] body) {
    Runnable unforced = () -> forced = false;
    return gathered
        ? new BaoziGathered(QUEUE, body, unforced)
        : new BaoziConversation(QUEUE, body, unforced);
  }

  @Override
  public String version() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.getManifest().getMainAttributes().getValue("Implementation-Version");
    }
  }

  @Override
  public OptionalLong forces(int port) throws IOException {
    try (Caller caller = new Caller(port)) {
      return OptionalLong.of((long) caller.call(new byte[0], "op", "server.info").get("forces"));
    }
  }

  @Override
  public void empty(int port) throws IOException {
    try (Caller caller = new Caller(port)) {
      caller.call(new byte[0], "op", "queue.purge", "queue", QUEUE);
    }
  }

  @Override
  public String reservation() {
    return forced ? "" : "answers \"durable\":\"memory\"";
  }
}
