package io.baozi.cli;

import io.baozi.client.FileInfo;

/**
 * A file that has been copied.
 *
 * @param step what was to be done
 * @param file what is there now
 * @param isMoved whether it had to be copied; if not, it was there
 */
record Copied(CopyStep step, FileInfo file, boolean isMoved) {
  /** A line for a person. */
  String text() {
    return "%s  %s -> %s%s"
        .formatted(file.sha256(), step.from(), step.to(), isMoved ? "" : " (was there)");
  }

  JsonLine json() {
    return new JsonLine()
        .with("from", "" + step.from())
        .with("to", "" + step.to())
        .with("length", file.length())
        .with("sha256", file.sha256())
        .with("copied", isMoved);
  }
}
