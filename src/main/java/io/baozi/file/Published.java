package io.baozi.file;

/**
 * A file that stands under its name.
 *
 * @param length in bytes
 * @param sha256 of all of it
 * @param replaced bytes of the file that stood there before
 * @param forced whether it is certain to outlive a power cut
 */
record Published(long length, String sha256, long replaced, boolean forced) {
  /** Refuses to promise a file that may not outlive a power cut. */
  void requireForced() {
    Disk.requireForced(forced, "the file is there");
  }
}
