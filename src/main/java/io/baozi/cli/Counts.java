package io.baozi.cli;

/** How many there are of something, in words. */
final class Counts {
  private Counts() {}

  /**
   * The number with its noun.
   *
   * @param noun for one, which takes an s for more
   */
  static String of(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
