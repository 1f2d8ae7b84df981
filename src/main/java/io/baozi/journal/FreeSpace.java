package io.baozi.journal;

import java.nio.file.Path;

/** Looks, at most once a second, whether the disk has the space that is to stay free. */
final class FreeSpace {
  private static final long EVERY = 1_000_000_000;

  private final Path directory;
  private final long least;
  private final Vitals vitals;
  private long next = System.nanoTime();

  FreeSpace(Path directory, long least, Vitals vitals) {
    this.directory = directory;
    this.least = least;
    this.vitals = vitals;
  }

  void look() {
    long now = System.nanoTime();
    if (least > 0 && now - next >= 0) {
      next = now + EVERY;
      judge(directory.toFile().getUsableSpace());
    }
  }

  private void judge(long free) {
    if (free >= least) {
      vitals.hasSpace();
    } else {
      vitals.isShort(
          "the disk of "
              + directory
              + " has "
              + (free >> 20)
              + " MiB free, less than journal.minFree ("
              + ((least + (1 << 20) - 1) >> 20)
              + " MiB)");
    }
  }
}
