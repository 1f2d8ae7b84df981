package io.baozi.broker.queue;

/**
 * Numbers that look random and are the same on every machine: the finalizer of SplitMix64 (G.
 * Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
 */
final class Chance {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private Chance() {}

  /** A number for two numbers. */
  static long of(long a, long b) {
    long z = a * GOLDEN + b;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A number from 0, included, to 1, excluded, for two numbers. */
  static double unit(long a, long b) {
    return (of(a, b) >>> 11) * UNIT;
  }
}
