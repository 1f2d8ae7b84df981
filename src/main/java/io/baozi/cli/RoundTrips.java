package io.baozi.cli;

import java.util.Locale;

/** The round trips of a ping, and what they come to. */
final class RoundTrips {
  /** The time of one that was not answered. */
  static final long LOST = -1;

  private int sent;
  private int answered;
  private long last;
  private long least = Long.MAX_VALUE;
  private long most;
  private long sum;

  /** Adds one, in nanoseconds or {@link #LOST}. */
  void add(long nanos) {
    sent++;
    last = nanos;
    if (nanos != LOST) {
      answered++;
      sum += nanos;
      least = Math.min(least, nanos);
      most = Math.max(most, nanos);
    }
  }

  int sent() {
    return sent;
  }

  int exit() {
    return answered == sent ? Exit.OK : Exit.TIMED_OUT;
  }

  String lastFrom(Target server) {
    return last == LOST
        ? "no answer from " + server + ": seq=" + sent
        : "answer from " + server + ": seq=" + sent + " time=" + Durations.millis(last) + " ms";
  }

  JsonLine lastAsJson() {
    return new JsonLine().with("seq", sent).with("ms", last == LOST ? null : rounded(last));
  }

  String summary() {
    String counts = sent + " sent, " + answered + " answered";
    return answered == 0
        ? counts
        : String.format(
            Locale.ROOT,
            "%s, min/avg/max = %s/%s/%s ms",
            counts,
            Durations.millis(least),
            Durations.millis(sum / answered),
            Durations.millis(most));
  }

  JsonLine summaryAsJson() {
    JsonLine counts = new JsonLine().with("sent", sent).with("answered", answered);
    return answered == 0
        ? counts
        : counts
            .with("min", rounded(least))
            .with("avg", rounded(sum / answered))
            .with("max", rounded(most));
  }

  private static double rounded(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }
}
