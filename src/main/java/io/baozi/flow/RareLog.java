package io.baozi.flow;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;

/**
 * A log for what may happen very often: it says it at most once a second, and then how often it has
 * happened in between. Used on one context.
 */
final class RareLog {
  private static final long SECOND = 1_000_000_000;

  private final Logger log;
  private final LongSupplier nanos;
  private boolean said;
  private long last;
  private long unsaid;

  RareLog(Logger log) {
    this(log, System::nanoTime);
  }

  RareLog(Logger log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
  }

  /** Warns, unless it did so within this second. */
  void warn(String sentence, Throwable cause) {
    long now = nanos.getAsLong();
    if (said && now - last < SECOND) {
      unsaid++;
      return;
    }
    String more = unsaid == 0 ? "" : " (and " + unsaid + " times since it was last said)";
    log.log(Level.WARNING, sentence + more, cause);
    said = true;
    last = now;
    unsaid = 0;
  }
}
