package io.baozi.bench.peers;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What is asked of a run by the environment, and what it runs on.
 *
 * @param warmup seconds that what a JVM compiles runs before it is measured, BENCH_WARMUP
 * @param seconds of each measurement, BENCH_SECONDS
 * @param rounds measured, BENCH_ROUNDS
 * @param messages of a backlog, BENCH_MESSAGES
 * @param directory beneath which all data is written, BENCH_DIR
 */
record Conditions(int warmup, int seconds, int rounds, int messages, Path directory) {
  /** As the environment has it. */
  static Conditions fromEnvironment() {
    return new Conditions(
        number("BENCH_WARMUP", 40),
        number("BENCH_SECONDS", 3),
        number("BENCH_ROUNDS", 9),
        number("BENCH_MESSAGES", 1_000_000),
        Path.of(System.getenv().getOrDefault("BENCH_DIR", "target/bench")).toAbsolutePath());
  }

  private static int number(String variable, int otherwise) {
    String text = System.getenv(variable);
    int number = text == null || text.isBlank() ? otherwise : Integer.parseInt(text.strip());
    if (number < 1) {
      throw new IllegalArgumentException(variable + " is " + number + ", it is 1 or more");
    }
    return number;
  }

  /** The machine, in one line. */
  String machine() throws IOException {
    FileStore disk = Files.getFileStore(directory);
    return "%s, %d cores, %s %s, Java %s, %s on %s (%s)"
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Runtime.version(),
            disk.type(),
            disk.name(),
            directory);
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try (Stream<String> lines = Files.lines(info)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      }
    }
    return System.getProperty("os.arch");
  }
}
