package io.baozi.bench.peers;

import io.baozi.bench.ServerProcess;
import io.baozi.frame.Header;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What a million messages that nobody has taken cost: the time from the start of the process to the
 * line that says that it serves, and the heap that it takes then.
 */
final class Backlog {
  private static final int BODY = 256;
  private static final int BATCH = 1000;
  private static final int STARTS = 3;
  private static final String HEAP = "-Xmx2g";

  /** The longest start. */
  private static final Duration START_BAR = Duration.ofSeconds(5);

  /** Bytes of heap for a message, beyond an empty server and beyond the budget of bodies. */
  private static final double HEAP_BAR = 160;

  /** The budget of bodies, which a server of its own size would not keep so small. */
  private static final long BODIES = 16L << 20;

  private final Conditions conditions;
  private final Path data;
  private final List<Double> starts = new ArrayList<>();
  private double emptyStart;
  private long emptyHeap;

  private Backlog(Conditions conditions, Path data) {
    this.conditions = conditions;
    this.data = data;
  }

  /** Prints what was seen; exit code 1 if a bar is missed, or cannot be judged. */
  public static void main(String[] args) throws Exception {
    Conditions conditions = Conditions.fromEnvironment();
    boolean met;
    try (Workplace place = Workplace.beneath(conditions.directory())) {
      met = new Backlog(conditions, place.path().resolve("data")).run();
    }
    System.exit(met ? 0 : 1);
  }

  private boolean run() throws IOException {
    print(
        "backlog: %,d messages of %d B, put in batches of %d; %s, journal.bodies %d MiB; what was"
            + " written may be in the page cache",
        conditions.messages(), BODY, BATCH, HEAP, BODIES >> 20);
    print("%s", conditions.machine());
    long filledHeap = fill();
    long recoveredHeap = 0;
    for (int i = 0; i < STARTS; i++) {
      long before = System.nanoTime();
      try (ServerProcess server = start()) {
        starts.add(since(before));
        requireAll(server.port());
        recoveredHeap = LiveHeap.bytes(server.pid());
      }
    }
    boolean quick = judgeStart();
    boolean smallFilled = judgeHeap("filled", filledHeap);
    boolean smallStarted = judgeHeap("started", recoveredHeap);
    return quick && smallFilled && smallStarted;
  }

  private ServerProcess start() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-jar",
            "target/baozi.jar",
            "serve",
            "--set",
            "server.port=0",
            "--set",
            "udp.enabled=false",
            "--set",
            "journal.bodies=" + BODIES);
    return ServerProcess.start(command, Map.of("BAOZI_DATA_DIR", data.toString()));
  }

  /** Fills a fresh server; the heap that it takes then. */
  private long fill() throws IOException {
    long before = System.nanoTime();
    try (ServerProcess server = start()) {
      emptyStart = since(before);
      emptyHeap = LiveHeap.bytes(server.pid());
      try (Caller caller = new Caller(server.port())) {
        caller.call(
            new byte[0],
            "op",
            "queue.declare",
            "queue",
            "backlog",
            "capacity",
            conditions.messages());
        long start = System.nanoTime();
        put(caller);
        print("put in %.1f s", since(start));
      }
      return LiveHeap.bytes(server.pid());
    }
  }

  private void put(Caller caller) throws IOException {
    Random random = new Random(1);
    for (int left = conditions.messages(); left > 0; left -= BATCH) {
      long[] sizes = new long[Math.min(left, BATCH)];
      Arrays.fill(sizes, BODY);
      byte[] bodies = new byte[sizes.length * BODY];
      random.nextBytes(bodies);
      caller.call(bodies, "op", "queue.put", "queue", "backlog", "sizes", sizes);
    }
  }

  private void requireAll(int port) throws IOException {
    try (Caller caller = new Caller(port)) {
      Header stats = caller.call(new byte[0], "op", "queue.stats", "queue", "backlog");
      if (!Long.valueOf(conditions.messages()).equals(stats.get("ready"))) {
        throw new IOException("not all messages are there after the start: " + stats);
      }
    }
  }

  private boolean judgeStart() {
    double median = starts.stream().sorted().skip(STARTS / 2).findFirst().orElseThrow();
    boolean met = median < START_BAR.toSeconds();
    print(
        "start to serving: %.2f s (an empty server %.2f s; median of %d), bar %d s %s",
        median, emptyStart, STARTS, START_BAR.toSeconds(), met ? "met" : "MISSED");
    return met;
  }

  private boolean judgeHeap(String when, long heap) {
    double each = (double) (heap - emptyHeap) / conditions.messages();
    double beyond = each - (double) BODIES / conditions.messages();
    boolean met = beyond <= HEAP_BAR;
    print(
        "live heap once %s: %.1f MiB, %.1f MiB empty; %.0f bytes a message, %.0f beyond"
            + " journal.bodies, bar %.0f %s",
        when,
        heap / 1048576.0,
        emptyHeap / 1048576.0,
        each,
        beyond,
        HEAP_BAR,
        met ? "met" : "MISSED");
    return met;
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
