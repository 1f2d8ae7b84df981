package io.baozi.journal;

import java.nio.charset.StandardCharsets;

/** The kinds of rows, each a column family of RocksDB; their order is that of their making. */
enum Family {
  /** Name to number. */
  COUNTERS(0, "default", "counters"),
  /** Id of a queue to its name, settings and whether it is paused. */
  QUEUES(1, "queues", "queues"),
  /** Ids of a queue and of a message in it to all of the message but its body; bodies lent. */
  INDEX(2, "index", "messages"),
  /** Id of a body to its bytes. */
  BODIES(3, "bodies", "bodies"),
  /** Id of a queue and a key in it to a message and the moment until which it counts. */
  KEYS(4, "keys", "keys"),
  /** One row: the number of the last record of the log that came into the store. */
  LOG(5, "log", "log");

  private final int place;
  private final String label;
  private final String rows;

  Family(int place, String label, String rows) {
    this.place = place;
    this.label = label;
    this.rows = rows;
  }

  /** Its place in their order, from 0. */
  int place() {
    return place;
  }

  /** What its rows are to people. */
  String rows() {
    return rows;
  }

  byte[] label() {
    return label.getBytes(StandardCharsets.US_ASCII);
  }
}
