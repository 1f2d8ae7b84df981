package io.baozi.history;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A client process that was started. */
record RunningClient(String name, Process process) {
  static RunningClient start(
      String name, int port, long seed, Path directory, String kept, String awaited)
      throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        ClientProcess.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classes + File.pathSeparator + System.getProperty("baozi.jar"),
            ClientProcess.class.getName(),
            name,
            Integer.toString(port),
            Long.toString(seed),
            directory.toString(),
            kept,
            awaited);
    File log = directory.resolve(name + ".log").toFile();
    return new RunningClient(name, builder.redirectErrorStream(true).redirectOutput(log).start());
  }

  long pid() {
    return process.pid();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Asks it to end, and waits until it has. */
  void end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("client " + name + " still runs");
    }
  }
}
