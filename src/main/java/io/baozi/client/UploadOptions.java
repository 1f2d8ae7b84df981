package io.baozi.client;

import java.time.Duration;
import java.util.Locale;

/**
 * How to upload.
 *
 * @param resume whether an upload that somebody has begun under the name goes on, if its beginning
 *     is that of this file; otherwise it starts over
 * @param patience how long the transfer may make no progress, over however many cuts, before it
 *     fails; 1 ms to 365 days
 * @param sha256 of the whole file in hexadecimal, if it is known beforehand: then the server keeps
 *     nothing else under the name, not even for a moment; null if it is not known
 * @param fence null for none
 */
public record UploadOptions(boolean resume, Duration patience, String sha256, Fence fence) {
  /** Resumes, has 30 s of patience, knows no checksum and is not fenced. */
  public static final UploadOptions DEFAULT =
      new UploadOptions(true, Duration.ofSeconds(30), null, null);

  public UploadOptions {
    Ranges.requirePatience(patience);
    if (sha256 != null && !Sha256.isWritten(sha256)) {
      throw new IllegalArgumentException(
          "sha256 is " + sha256 + ", allowed are 64 hexadecimal digits");
    }
    sha256 = sha256 == null ? null : sha256.toLowerCase(Locale.ROOT);
  }

  /** The same, going on with what was begun or not. */
  public UploadOptions withResume(boolean resume) {
    return new UploadOptions(resume, patience, sha256, fence);
  }

  /** The same with another patience. */
  public UploadOptions withPatience(Duration patience) {
    return new UploadOptions(resume, patience, sha256, fence);
  }

  /** The same with another checksum. */
  public UploadOptions withSha256(String sha256) {
    return new UploadOptions(resume, patience, sha256, fence);
  }

  /** The same with another fence. */
  public UploadOptions withFence(Fence fence) {
    return new UploadOptions(resume, patience, sha256, fence);
  }
}
