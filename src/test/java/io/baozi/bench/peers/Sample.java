package io.baozi.bench.peers;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a run has shown.
 *
 * @param puts answered
 * @param perSecond of them in a second
 * @param p50 from a put to its answer, in microseconds
 * @param p99 the same
 */
record Sample(long puts, double perSecond, double p50, double p99) {
  /** The median of each figure, taken for itself. */
  static Sample median(List<Sample> samples) {
    return new Sample(
        Math.round(median(samples, Sample::puts)),
        median(samples, Sample::perSecond),
        median(samples, Sample::p50),
        median(samples, Sample::p99));
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
