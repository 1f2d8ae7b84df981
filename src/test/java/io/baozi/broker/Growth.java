package io.baozi.broker;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What operations cost beside {@code n} others, as ratios to what they cost beside the fewest. */
final class Growth {
  private Growth() {}

  /** Runs a benchmark, prints each cost, and exits with 1 if one is more than {@code bar} times. */
  static void measure(Class<?> benchmark, double bar) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(benchmark.getName())
                    .forks(1)
                    .jvmArgs("-Xms6g", "-Xmx6g")
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(1))
                    .build())
            .run();
    double worst = print(results);
    System.out.printf(Locale.ROOT, "worst ratio %.2f, the bar is %.1f%n", worst, bar);
    if (worst > bar) {
      System.exit(1);
    }
  }

  private static double print(Collection<RunResult> results) {
    Map<String, TreeMap<Integer, Double>> costs = new TreeMap<>();
    for (RunResult result : results) {
      costs
          .computeIfAbsent(result.getPrimaryResult().getLabel(), name -> new TreeMap<>())
          .put(
              Integer.valueOf(result.getParams().getParam("n")),
              result.getPrimaryResult().getScore());
    }
    double worst = 0;
    for (Map.Entry<String, TreeMap<Integer, Double>> row : costs.entrySet()) {
      double least = row.getValue().firstEntry().getValue();
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-16s", row.getKey()));
      for (Map.Entry<Integer, Double> cost : row.getValue().entrySet()) {
        double ratio = cost.getValue() / least;
        worst = Math.max(worst, ratio);
        line.append(
            String.format(
                Locale.ROOT, "  %,9d: %,6.0f ns (%.2f)", cost.getKey(), cost.getValue(), ratio));
      }
      System.out.println(line);
    }
    return worst;
  }
}
