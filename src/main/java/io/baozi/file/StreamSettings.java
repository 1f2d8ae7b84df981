package io.baozi.file;

import io.baozi.frame.FrameLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * What files and pipes may take.
 *
 * @param folder that all files are in; made when the first is asked for
 * @param quota bytes of all files, those unfinished included; 0 for no bound
 * @param maxFile bytes of one file; 0 for no bound
 * @param minFree bytes of the disk that stay free; 0 for no bound
 * @param keep how long an unfinished file is kept after the last byte of it has come
 * @param limits of frames
 * @param memory bytes that bodies on their way through may take, about
 */
public record StreamSettings(
    Path folder,
    long quota,
    long maxFile,
    long minFree,
    Duration keep,
    FrameLimits limits,
    long memory) {
  /** Refuses what is negative. */
  public StreamSettings {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(keep, "keep");
    Objects.requireNonNull(limits, "limits");
    if (quota < 0 || maxFile < 0 || minFree < 0 || memory < 0 || keep.isNegative()) {
      throw new IllegalArgumentException(
          "none of quota, maxFile, minFree, memory and keep is negative");
    }
  }

  /** How many puts may be under way at one time: each has two windows of memory. */
  int maxPuts() {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, memory / (2L * Upload.WINDOW)));
  }
}
