package io.baozi;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The jar that ships, run as its users run it, in a process of its own. */
public final class JarProcess implements AutoCloseable {
  private static final Pattern TCP = Pattern.compile("tcp 127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern UDP = Pattern.compile("udp 127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final Path data;
  private final String firstLine;

  private JarProcess(Process process, Path data, String firstLine) {
    this.process = process;
    this.data = data;
    this.firstLine = firstLine;
  }

  /** Starts a process; its settings are in the environment or in the arguments of serve. */
  static Process start(Map<String, String> environment, String... arguments) throws IOException {
    return startIn("256m", environment, arguments);
  }

  private static Process startIn(String heap, Map<String, String> environment, String... arguments)
      throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new ArrayList<>(
            List.of(java, "-Xmx" + heap, "-jar", System.getProperty("baozi.jar"), "serve"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("BAOZI_"));
    builder.environment().putAll(environment);
    return builder.redirectError(Redirect.PIPE).start();
  }

  /** A server on free ports that says that it serves. */
  static JarProcess serve() throws IOException {
    return serve("info");
  }

  /** The same with this level of the log. */
  public static JarProcess serve(String level) throws IOException {
    return serve(level, "256m");
  }

  /** The same with a heap of this size at most. */
  static JarProcess serve(String level, String heap) throws IOException {
    Path data = Files.createTempDirectory("baozi-data");
    Process process =
        startIn(
            heap,
            Map.of(
                "BAOZI_SERVER_PORT",
                "0",
                "BAOZI_UDP_PORT",
                "0",
                "BAOZI_LOG_LEVEL",
                level,
                "BAOZI_DATA_DIR",
                data.toString()));
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    if (line == null) {
      throw new AssertionError(
          new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    return new JarProcess(process, data, line);
  }

  String firstLine() {
    return firstLine;
  }

  /** The TCP port. */
  public int port() {
    return port(TCP);
  }

  int udpPort() {
    return port(UDP);
  }

  /** The process's number. */
  public long pid() {
    return process.pid();
  }

  private int port(Pattern pattern) {
    Matcher matcher = pattern.matcher(firstLine);
    if (!matcher.find()) {
      throw new AssertionError("no port in: " + firstLine);
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** All of its log, once it has ended. */
  public String log() throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Sends SIGTERM, to this process only. */
  public void terminate() {
    process.toHandle().destroy(); // process.destroy() would close its output, too
  }

  /** The exit code, once the process has ended. */
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the server still runs");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
