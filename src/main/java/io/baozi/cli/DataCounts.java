package io.baozi.cli;

import io.baozi.data.Counts;

/** How much was exported or imported. */
final class DataCounts {
  private DataCounts() {}

  static String text(Counts counts, String place) {
    String skipped =
        counts.skipped() == 0 ? "" : "; " + counts.skipped() + " could not be read, see above";
    return "%s: %s, %s (%s of bodies), %s%s"
        .formatted(
            place,
            count(counts.queues(), "queue"),
            Progress.messages(counts.messages()),
            Units.bytes(counts.bytes()),
            count(counts.keys(), "key"),
            skipped);
  }

  static JsonLine json(Counts counts, String place) {
    return new JsonLine()
        .with("to", place)
        .with("queues", counts.queues())
        .with("messages", counts.messages())
        .with("bytes", counts.bytes())
        .with("keys", counts.keys())
        .with("skipped", counts.skipped());
  }

  /** So many of something. */
  static String count(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
