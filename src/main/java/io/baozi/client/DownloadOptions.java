package io.baozi.client;

import java.time.Duration;

/**
 * How to download.
 *
 * @param resume whether a download to the same path that has failed, or whose process has ended,
 *     goes on with what it had got; and whether what this one has got is kept for that if it fails
 * @param patience how long the transfer may make no progress, over however many cuts, before it
 *     fails; 1 ms to 365 days
 */
public record DownloadOptions(boolean resume, Duration patience) {
  /** Resumes, and has 30 s of patience. */
  public static final DownloadOptions DEFAULT = new DownloadOptions(true, Duration.ofSeconds(30));

  public DownloadOptions {
    Ranges.requirePatience(patience);
  }

  /** The same, going on with what was begun or not. */
  public DownloadOptions withResume(boolean resume) {
    return new DownloadOptions(resume, patience);
  }

  /** The same with another patience. */
  public DownloadOptions withPatience(Duration patience) {
    return new DownloadOptions(resume, patience);
  }
}
