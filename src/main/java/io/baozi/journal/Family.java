package io.baozi.journal;

import java.nio.charset.StandardCharsets;

/** The kinds of rows, each a column family of RocksDB; their order is that of their making. */
enum Family {
  /** Name to number. */
  COUNTERS(0, "default"),
  /** Id of a queue to its name, settings and whether it is paused. */
  QUEUES(1, "queues"),
  /** Ids of a queue and of a message in it to all of the message but its body. */
  INDEX(2, "index"),
  /** Id of a body to its bytes. */
  BODIES(3, "bodies"),
  /** Id of a queue and a key in it to a message and the moment until which it counts. */
  KEYS(4, "keys");

  private final int place;
  private final String label;

  Family(int place, String label) {
    this.place = place;
    this.label = label;
  }

  /** Its place in their order, from 0. */
  int place() {
    return place;
  }

  byte[] label() {
    return label.getBytes(StandardCharsets.US_ASCII);
  }
}
