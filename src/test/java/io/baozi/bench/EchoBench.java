package io.baozi.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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
    List<String> whole = List.of(java, "-jar", "target/baozi.jar", "serve");
    double ratio = compare(whole, bare, 50, 128);
    compare(whole, bare, 1, 128);
    System.exit(ratio >= BAR ? 0 : 1);
  }

  private static double compare(
      List<String> whole, List<String> bare, int connections, int inFlight) throws Exception {
    double[] ours = new double[ROUNDS];
    double[] theirs = new double[ROUNDS];
    try (Served w = Served.start(whole);
        Served b = Served.start(bare)) {
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

  private static double run(Served server, int connections, int inFlight) throws Exception {
    try (EchoLoad load = EchoLoad.connect(server.port, connections, inFlight, BODY)) {
      return load.measure(WARM_UP, MEASURED);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** A server process, ended by its own handle. */
  private static final class Served implements AutoCloseable {
    private final Process process;
    private final int port;

    private Served(Process process, int port) {
      this.process = process;
      this.port = port;
    }

    static Served start(List<String> command) throws IOException {
      ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().putAll(Map.of("BAOZI_SERVER_PORT", "0", "BAOZI_UDP_PORT", "0"));
      Process process = builder.start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        int at = line.indexOf("tcp 127.0.0.1:");
        if (at >= 0) {
          String port = line.substring(at + "tcp 127.0.0.1:".length()).split("\\D", 2)[0];
          return new Served(process, Integer.parseInt(port));
        }
      }
      throw new IOException("the server did not start: " + String.join(" ", command));
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
