package io.baozi.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jar that ships, on a data directory that outlives it. */
final class Server implements AutoCloseable {
  private static final Pattern TCP = Pattern.compile("tcp 127\\.0\\.0\\.1:(\\d+)");
  private static final long PATIENCE = 60;

  private final Process process;
  private final Path log;

  private Server(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one; it does not serve yet.
   *
   * @param environment what it needs beyond its settings
   * @param settings as flags
   */
  static Server start(Path data, Path log, Map<String, String> environment, List<String> settings)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-jar"));
    command.addAll(List.of(System.getProperty("baozi.jar"), "serve"));
    settings.forEach(each -> command.addAll(List.of("--set", each)));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("BAOZI_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "BAOZI_SERVER_PORT", "0",
                "BAOZI_UDP_PORT", "0",
                "BAOZI_DATA_DIR", data.toString()));
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new Server(builder.start(), log);
  }

  /** Waits until it serves; returns its port. */
  int port() throws IOException {
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    Matcher matcher = TCP.matcher(line == null ? "" : line);
    if (!matcher.find()) {
      throw new IOException("the server does not start, see the end of " + log);
    }
    return Integer.parseInt(matcher.group(1));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** kill -9, of this process only. */
  void kill() {
    process.toHandle().destroyForcibly(); // process.destroyForcibly() would close its output, too
    process.onExit().join();
  }

  /** SIGTERM; returns the exit code. */
  int stop() throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
      kill();
      return -1;
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
