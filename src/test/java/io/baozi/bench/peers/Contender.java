package io.baozi.bench.peers;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** Something that keeps messages, ready to be measured until it is closed. */
interface Contender extends Closeable {
  /** What it is called in a table. */
  String name();

  /** Puts, as fast as it answers, for so long. */
  Sample run(Duration time) throws IOException, InterruptedException;

  /** Runs as long as it takes until a JVM has compiled it; what is native needs less. */
  default void warmUp(Duration time) throws IOException, InterruptedException {
    run(time);
  }

  /** Removes what was put, where it can, so that no run is slower for what another has left. */
  default void empty() throws IOException {}

  /** Whether all that was answered in the runs so far was on disk by then. */
  boolean isForced() throws IOException;

  /** What a reader of its row should know. */
  String remark() throws IOException;
}
