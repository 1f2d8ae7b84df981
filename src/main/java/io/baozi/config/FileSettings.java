package io.baozi.config;

import java.time.Duration;

/**
 * What files may take. Sizes are in bytes; {@code dir} is null where they are under the data
 * directory.
 */
public record FileSettings(
    @Key(doc = "The folder that files are in; without it, files in data.dir.") String dir,
    @Key(
            value = "0",
            min = "0",
            bytes = true,
            doc = "All files together, unfinished ones included; 0 is no bound but the disk.")
        long quota,
    @Key(value = "0", min = "0", bytes = true, doc = "One file; 0 is no bound but the quota.")
        long maxFile,
    @Key(
            value = "64MiB",
            min = "0",
            bytes = true,
            doc = "Free space on the disk that files do not take; 0 is all of it.")
        long minFree,
    @Key(
            value = "7d",
            min = "1m",
            max = "365d",
            doc = "How long an unfinished file is kept after the last byte of it has come.")
        Duration keep) {

  /** Refuses what is out of range. */
  public FileSettings {
    Row.check(FileSettings.class, dir, quota, maxFile, minFree, keep);
  }
}
