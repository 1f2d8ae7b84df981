package io.baozi.cli;

/**
 * One file that is to be copied.
 *
 * @param from a file, not a folder
 * @param to the file that it becomes
 * @param length in bytes, as far as it is known; 0 if it is not
 */
record CopyStep(Spot from, Spot to, long length) {
  /** Whether it leads from a file here to one on the server, or back. */
  boolean isBetween() {
    return from instanceof Spot.Here ^ to instanceof Spot.Here;
  }
}
