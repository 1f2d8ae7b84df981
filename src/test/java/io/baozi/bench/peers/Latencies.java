package io.baozi.bench.peers;

import java.util.Arrays;

/** How long each put of a run took, from when it was sent to its answer. One thread only. */
final class Latencies {
  private long[] nanos = new long[1 << 16];
  private int count;

  /** One more. */
  void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = duration;
  }

  /** What a run of so many nanoseconds has shown. */
  Sample over(long elapsed) {
    if (count == 0) {
      throw new IllegalStateException("nothing was answered");
    }
    Arrays.sort(nanos, 0, count);
    return new Sample(count, count * 1e9 / elapsed, percentile(50), percentile(99));
  }

  private double percentile(int percent) {
    return nanos[(int) ((long) count * percent / 100)] / 1e3;
  }
}
