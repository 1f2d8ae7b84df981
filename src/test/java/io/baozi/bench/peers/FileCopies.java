package io.baozi.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One file to the server and back, beside bare Vert.x sockets that copy the same file to the same
 * disk, and beside what iperf3 gets through one connection; servers with a heap of 64 MiB, all of
 * it interleaved. BENCH_MIB is the file's length.
 */
final class FileCopies {
  /** What Baozi must reach of each. */
  private static final double BAR = 0.8;

  private static final String HEAP = "-Xmx64m";
  private static final String PUT = "Baozi, put";
  private static final String BARE_PUT = "bare Vert.x, put and forced";
  private static final String GET = "Baozi, get";
  private static final String BARE_GET = "bare Vert.x, sendFile";
  private static final String IPERF = "iperf3, one stream";

  private final Conditions conditions;
  private final long length;
  private final Map<String, List<Double>> rates = new LinkedHashMap<>();

  private FileCopies(Conditions conditions, long length) {
    this.conditions = conditions;
    this.length = length;
  }

  /** Prints the table; exit code 1 if a bar is missed. */
  public static void main(String[] args) throws Exception {
    Conditions conditions = Conditions.fromEnvironment();
    long mebibytes = Long.parseLong(System.getenv().getOrDefault("BENCH_MIB", "1024"));
    boolean met;
    try (Workplace place = Workplace.beneath(conditions.directory())) {
      met = new FileCopies(conditions, mebibytes << 20).run(place);
    }
    System.exit(met ? 0 : 1);
  }

  private boolean run(Workplace place) throws IOException, InterruptedException {
    Path source = source(place);
    int port = Spawned.freePort();
    int barePort = Spawned.freePort();
    int sendPort = Spawned.freePort();
    List<Spawned> servers = new ArrayList<>();
    try {
      servers.add(BaoziServer.start(place.directory("baozi"), port, List.of(HEAP)));
      servers.add(bare(place, barePort, sendPort));
      FileWire ours = new FileWire(port, length);
      FileWire theirs = new FileWire(barePort, length);
      FileWire sending = new FileWire(sendPort, length);
      Optional<Iperf> iperf = Iperf.find();
      for (int round = 0; round <= conditions.rounds(); round++) {
        measure(round, BARE_PUT, () -> theirs.barePut(source));
        measure(round, PUT, () -> ours.put(source));
        measure(round, BARE_GET, sending::bareGet);
        measure(round, GET, ours::get);
        if (iperf.isPresent()) {
          measure(round, IPERF, () -> iperf.get().run(length));
        }
      }
    } finally {
      for (Spawned server : servers) {
        server.close();
      }
    }
    return print();
  }

  private Path source(Workplace place) throws IOException {
    Path source = place.path().resolve("source");
    byte[] chunk = new byte[1 << 20];
    Random random = new Random(1);
    try (var out = Files.newOutputStream(source)) {
      for (long at = 0; at < length; at += chunk.length) {
        random.nextBytes(chunk);
        out.write(chunk);
      }
    }
    return source;
  }

  private Spawned bare(Workplace place, int port, int sendPort)
      throws IOException, InterruptedException {
    Path directory = place.directory("bare");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            BareCopier.class.getName(),
            directory.resolve("copy").toString(),
            Integer.toString(port),
            Long.toString(length),
            Integer.toString(sendPort));
    return Spawned.start(directory, Map.of("CLASSPATH", BareSockets.classPath()), command)
        .awaitPort(port);
  }

  /** Something that takes a time, in seconds. */
  private interface Copy {
    double seconds() throws IOException, InterruptedException;
  }

  /** The first round warms up and does not count. */
  private void measure(int round, String name, Copy copy) throws IOException, InterruptedException {
    double rate = length / copy.seconds() / 1e6;
    if (round > 0) {
      rates.computeIfAbsent(name, n -> new ArrayList<>()).add(rate);
    }
  }

  private boolean print() throws IOException {
    print(
        "a file of %d MiB, one connection, MB/s; medians of %d interleaved rounds (lowest, highest);"
            + " both ends share the machine, heaps of 64 MiB",
        length >> 20, conditions.rounds());
    print("%s", conditions.machine());
    rates.forEach(
        (name, its) ->
            print(
                "%-28s %,8.0f  (%,.0f to %,.0f)",
                name,
                median(its),
                its.stream().mapToDouble(r -> r).min().orElseThrow(),
                its.stream().mapToDouble(r -> r).max().orElseThrow()));
    boolean met = judge(PUT, BARE_PUT);
    met &= judge(GET, BARE_GET);
    if (rates.containsKey(IPERF)) {
      met &= judge(GET, IPERF);
    } else {
      print("%-28s not installed", IPERF);
    }
    return met;
  }

  private boolean judge(String ours, String other) {
    double ratio = median(rates.get(ours)) / median(rates.get(other));
    boolean met = ratio >= BAR;
    print("%s to %s: %.2f, bar %.1f %s", ours, other, ratio, BAR, met ? "met" : "MISSED");
    return met;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
