package io.baozi.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A run of any length, with what it did and what it found on standard output. */
final class TortureRun {
  private static final Path DIRECTORY = Path.of("target", "torture");
  private static final int SHOWN = 10;

  private TortureRun() {}

  /** What a run came to. */
  record Outcome(Tally tally, List<Violation> violations) {}

  /**
   * Takes seconds, a seed and a directory, both may be empty; exit code 1 if a promise was broken.
   */
  public static void main(String[] args) throws Exception {
    long seed = args[1].isEmpty() ? System.nanoTime() : Long.parseLong(args[1]);
    Path directory = args[2].isEmpty() ? DIRECTORY.resolve(Long.toString(seed)) : Path.of(args[2]);
    Duration time = Duration.ofSeconds(Long.parseLong(args[0]));
    System.exit(run(directory, seed, time).violations().isEmpty() ? 0 : 1);
  }

  /** Runs for a time. */
  static Outcome run(Path directory, long seed, Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    boolean isFaulty = FaultyDisk.obstacle() == null;
    Random random = new Random(seed);
    List<Round> deck = new ArrayList<>();
    Iterator<Round> rounds =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return System.nanoTime() < end;
          }

          @Override
          public Round next() {
            if (deck.isEmpty()) {
              deck.addAll(Round.deck(random, isFaulty));
            }
            return deck.remove(deck.size() - 1);
          }
        };
    return run(directory, seed, rounds);
  }

  /** Runs some rounds, and tells of it; the data is kept if anything was found. */
  static Outcome run(Path directory, long seed, Iterator<Round> rounds) throws Exception {
    Files.createDirectories(directory);
    Path real = directory.toRealPath();
    if (Files.exists(Torture.data(real))) {
      throw new IOException(Torture.data(real) + " is there already; name another directory");
    }
    System.out.println("torture: seed " + seed + ", in " + real);
    try (Torture torture = new Torture(real, seed, disk(real))) {
      play(torture, rounds, real);
      Outcome outcome = new Outcome(torture.checker().tally(), torture.checker().violations());
      tell(torture, outcome, real, seed);
      return outcome;
    }
  }

  private static FaultyDisk disk(Path directory) throws IOException, InterruptedException {
    String obstacle = FaultyDisk.obstacle();
    if (obstacle == null) {
      return FaultyDisk.of(Torture.data(directory), directory.resolve("disk"));
    }
    System.out.println("torture: LEFT OUT: power cuts and faults of the disk: " + obstacle);
    return null;
  }

  private static void play(Torture torture, Iterator<Round> rounds, Path directory) {
    int told = 0;
    try {
      while (rounds.hasNext()) {
        System.out.println("torture: " + torture.round(rounds.next()));
        List<Violation> found = torture.checker().violations();
        found.stream().skip(told).limit(SHOWN).forEach(System.out::println);
        if (found.size() > told) {
          write(directory.resolve("events-" + found.get(told).round()), torture.checker().lately());
        }
        told = found.size();
      }
      torture.look();
    } catch (Exception e) {
      torture.checker().broken("Server", "the run ended early: " + e);
      e.printStackTrace(System.out);
    }
  }

  private static void tell(Torture torture, Outcome outcome, Path directory, long seed)
      throws IOException {
    System.out.println(outcome.tally());
    List<Long> starts = torture.starts().stream().sorted().toList();
    if (!starts.isEmpty()) {
      System.out.printf(
          "  starts, ms: median %d, longest %d%n",
          starts.get(starts.size() / 2), starts.get(starts.size() - 1));
    }
    List<Violation> found = outcome.violations();
    if (found.isEmpty()) {
      System.out.println("torture: nothing found");
      delete(directory);
      return;
    }
    write(directory.resolve("violations"), found);
    found.stream().limit(SHOWN).forEach(System.out::println);
    System.out.printf(
        "torture: %d violations, kept with the data in %s; to repeat: make torture SEED=%d%n",
        found.size(), directory, seed);
  }

  /** One a line. */
  private static void write(Path file, List<?> lines) throws IOException {
    Files.write(file, lines.stream().map(Object::toString).toList());
  }

  /** Only what the run has made. */
  private static void delete(Path directory) throws IOException {
    for (String name : List.of("data", "disk")) {
      Path made = directory.resolve(name);
      if (Files.exists(made)) {
        try (Stream<Path> files = Files.walk(made)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
    Files.deleteIfExists(directory.resolve("server.log"));
  }
}
