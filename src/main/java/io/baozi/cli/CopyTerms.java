package io.baozi.cli;

import io.baozi.client.DownloadOptions;
import io.baozi.client.UploadOptions;
import java.time.Duration;

/**
 * How files are copied.
 *
 * @param isResuming whether what is there already counts
 * @param makesFolders whether folders of this machine are made where there are none
 * @param patience how long nothing may get across
 */
record CopyTerms(boolean isResuming, boolean makesFolders, Duration patience) {
  UploadOptions upload() {
    return UploadOptions.DEFAULT.withResume(isResuming).withPatience(patience);
  }

  DownloadOptions download() {
    return DownloadOptions.DEFAULT.withResume(isResuming).withPatience(patience);
  }
}
