package io.baozi.torture;

/**
 * A promise that was broken.
 *
 * @param round in which that was noticed
 */
record Violation(String rule, int round, String sentence) {
  @Override
  public String toString() {
    return rule + ", round " + round + ": " + sentence;
  }
}
