package io.baozi.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Echo through the whole server, event bus and broker included, beside {@link BareEcho}: both on
 * one event loop, each a process of its own, under the same load, interleaved.
 */
final class EchoBench {
  /** The ratio that the server must reach. */
  private static final double BAR = 0.7;

  private static final int BODY = 128;
  private static final int ROUNDS = 5;
  private static final long WARM_UP = 4_000;
  private static final long MEASURED = 4_000;

  private EchoBench() {}

  /** Prints the ratio; exit code 1 if it is below the bar. */
  public static void main(String[] args) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> bare =
        List.of(java, "-cp", System.getProperty("java.class.path"), BareEcho.class.getName());
    List<String> whole =
        List.of(
            java,
            "-jar",
            "target/baozi.jar",
            "serve",
            "--set",
            "server.port=0",
            "--set",
            "udp.enabled=false");
    double ratio = compare(whole, bare, 50, 128);
    compare(whole, bare, 1, 128);
    System.exit(ratio >= BAR ? 0 : 1);
  }

  private static double compare(
      List<String> whole, List<String> bare, int connections, int inFlight) throws Exception {
    double[] ours = new double[ROUNDS];
    double[] theirs = new double[ROUNDS];
    try (ServerProcess w = ServerProcess.start(whole);
        ServerProcess b = ServerProcess.start(bare)) {
      for (int round = 0; round < ROUNDS; round++) {
        theirs[round] = run(b, connections, inFlight);
        ours[round] = run(w, connections, inFlight);
      }
    }
    double ratio = median(ours) / median(theirs);
    System.out.printf(
        "echo, %d connections, %d in flight, %d B: baozi %,.0f/s, bare Vert.x %,.0f/s,"
            + " ratio %.2f (bar %.2f; medians of %d interleaved rounds, one event loop each,"
            + " %d cores, Java %s)%n",
        connections,
        inFlight,
        BODY,
        median(ours),
        median(theirs),
        ratio,
        BAR,
        ROUNDS,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
    return ratio;
  }

  private static double run(ServerProcess server, int connections, int inFlight) throws Exception {
    try (EchoLoad load = EchoLoad.connect(server.port(), connections, inFlight, BODY)) {
      return load.measure(WARM_UP, MEASURED);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
