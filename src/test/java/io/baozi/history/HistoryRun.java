package io.baozi.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A run of any length, with what it did and what it found on standard output. */
final class HistoryRun {
  static final Path DIRECTORY = Path.of("target", "history");

  private HistoryRun() {}

  /** Takes seconds and a seed; exit code 1 if a promise was broken. */
  public static void main(String[] args) throws Exception {
    long seed = args[1].isEmpty() ? System.nanoTime() : Long.parseLong(args[1]);
    List<Violation> found = run(seed, Duration.ofSeconds(Long.parseLong(args[0]))).violations();
    System.exit(found.isEmpty() ? 0 : 1);
  }

  /** What a run came to. */
  record Outcome(Tally tally, List<Violation> violations) {}

  /** Runs, checks, and tells of it; the proof of what was found is kept beside the history. */
  static Outcome run(long seed, Duration time) throws Exception {
    System.out.println("history: seed " + seed + ", " + time.toSeconds() + " s");
    History history = Conductor.run(DIRECTORY, seed, time);
    Outcome outcome = new Outcome(Tally.of(history), Checker.check(history));
    System.out.println(outcome.tally());
    Files.write(
        DIRECTORY.resolve("violations"),
        outcome.violations().stream().map(Violation::toString).toList());
    outcome.violations().stream().limit(5).forEach(System.out::println);
    System.out.printf(
        "history: %d violations, kept in %s%n", outcome.violations().size(), DIRECTORY);
    return outcome;
  }
}
