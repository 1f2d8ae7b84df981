package io.baozi.file;

import java.io.IOException;

/** Waits for what is asked again and again, since nothing tells when it comes. */
final class Patience {
  private static final long NANOS = 20_000_000_000L;

  /** What is waited for. */
  @FunctionalInterface
  interface Question {
    boolean ask() throws IOException;
  }

  private Patience() {}

  /** Waits until it is so. */
  static void until(Question question) throws IOException {
    long start = System.nanoTime();
    while (!question.ask()) {
      if (System.nanoTime() - start > NANOS) {
        throw new AssertionError("it did not come to that");
      }
      Thread.onSpinWait();
    }
  }
}
