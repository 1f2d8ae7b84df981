package io.baozi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Who runs this process, and where, for those who look at what it holds. */
final class Whoami {
  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

  private Whoami() {}

  /** As in {@code alice@kitchen:4711}. */
  static String text(Map<String, String> environment) {
    return System.getProperty("user.name") + "@" + host(environment) + ":" + pid();
  }

  /** Linux tells; elsewhere a shell may have said it. Asking the network could take long. */
  private static String host(Map<String, String> environment) {
    try {
      return Files.readString(HOST).strip();
    } catch (IOException e) {
      return environment.getOrDefault("HOSTNAME", "?");
    }
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }
}
