package io.baozi.bench.peers;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that was started here, and ends with the benchmark at the latest. */
final class Spawned implements Closeable {
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 20;

  private final Process process;
  private final Path log;
  private final Thread atExit;

  private Spawned(Process process, Path log) {
    this.process = process;
    this.log = log;
    atExit = new Thread(process::destroyForcibly);
  }

  /**
   * Starts a command.
   *
   * @param directory in which it runs; what it prints is in a file beside, called after it
   * @param environment on top of ours, from which settings of Baozi are left out
   */
  static Spawned start(Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    Path log = Path.of(directory + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("BAOZI_"));
    builder.environment().putAll(environment);
    Spawned spawned = new Spawned(builder.start(), log);
    Runtime.getRuntime().addShutdownHook(spawned.atExit);
    return spawned;
  }

  /** A port that nobody listens on now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits until somebody listens on a port. */
  Spawned awaitPort(int port) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!isListened(port)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        close();
        throw new IOException("did not start:\n" + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return this;
  }

  private static boolean isListened(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
