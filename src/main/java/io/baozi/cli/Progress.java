package io.baozi.cli;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Which lines have been acknowledged. Safe for use by several threads. */
final class Progress {
  private final TreeSet<Long> beyond = new TreeSet<>();
  private long upTo;
  private long sent;

  /**
   * Lines that the server said no to; of the others that were not acknowledged nothing is known.
   */
  private long known;

  private final CompletableFuture<Throwable> refused = new CompletableFuture<>();

  /** Some lines go out; gives the number of the first, counted from 1. */
  synchronized long send(int lines) {
    long first = sent + 1;
    sent += lines;
    return first;
  }

  /** The server has this line. */
  synchronized void acknowledge(long line) {
    if (line != upTo + 1) {
      beyond.add(line);
      return;
    }
    upTo = line;
    while (beyond.remove(upTo + 1)) {
      upTo++;
    }
  }

  /** A line was not acknowledged. */
  synchronized void refuse(Throwable why) {
    if (why instanceof RefusedException refusal && refusal.code() != ErrorCode.TIMEOUT) {
      known++;
    }
    refused.complete(why);
  }

  /** Completes with the first cause for which a line was not acknowledged. */
  CompletableFuture<Throwable> refused() {
    return refused;
  }

  synchronized long sent() {
    return sent;
  }

  /** Whether this line or one before it has not been acknowledged. */
  synchronized boolean isOpen(long line) {
    return upTo < line;
  }

  synchronized long acknowledged() {
    return upTo + beyond.size();
  }

  /** How far it went, for one who wants to go on from there. */
  synchronized String summary(String queue) {
    StringBuilder summary = new StringBuilder();
    summary.append(
        "%s put in %s, line %d is the first that was not acknowledged"
            .formatted(messages(acknowledged()), queue, upTo + 1));
    if (!beyond.isEmpty()) {
      summary.append(
          ", but %d of lines %d to %d were"
              .formatted(beyond.size(), beyond.first(), beyond.last()));
    }
    long unknown = sent - acknowledged() - known;
    if (unknown > 0) {
      summary.append(
          ", %d of lines %d to %d may have been put all the same"
              .formatted(unknown, upTo + 1, sent));
    }
    return summary.toString();
  }

  static String messages(long count) {
    return count == 1 ? "1 message" : count + " messages";
  }
}
