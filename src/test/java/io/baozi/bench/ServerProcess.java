package io.baozi.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which says on its standard output where it serves. */
public final class ServerProcess implements AutoCloseable {
  private static final String PLACE = "tcp 127.0.0.1:";

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a command and waits for its line. */
  static ServerProcess start(List<String> command) throws IOException {
    return start(command, Map.of());
  }

  /** The same with these variables on top of ours, from which settings of Baozi are left out. */
  public static ServerProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("BAOZI_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      int at = line.indexOf(PLACE);
      if (at >= 0) {
        String port = line.substring(at + PLACE.length()).split("\\D", 2)[0];
        return new ServerProcess(process, Integer.parseInt(port));
      }
    }
    throw new IOException("the server did not start: " + String.join(" ", command));
  }

  /** The TCP port. */
  public int port() {
    return port;
  }

  /** The process's number. */
  public long pid() {
    return process.pid();
  }

  /** Resident memory of the process in KiB, as Linux tells it; 0 elsewhere. */
  long residentKiB() throws IOException {
    java.nio.file.Path status = java.nio.file.Path.of("/proc/" + process.pid() + "/status");
    if (!java.nio.file.Files.exists(status)) {
      return 0;
    }
    for (String line : java.nio.file.Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
