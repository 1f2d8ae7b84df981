package io.baozi.net;

import io.baozi.frame.FrameParser;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The time limits of one connection; times are of {@link System#nanoTime()}. */
final class Deadlines {
  /** How long a peer may take to end its direction once ours has ended. */
  private static final long LINGER = TimeUnit.SECONDS.toNanos(2);

  /** After so long without a byte a connection that drains is taken to have no more to say. */
  private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(200);

  private static final long NONE = Long.MIN_VALUE;

  private final TcpServerOptions options;

  /** When the first byte of the header at hand arrived. */
  private long headerSince = NONE;

  private long lastArrival = System.nanoTime();

  /** When something was last written to the peer. */
  private long lastAnswer = lastArrival;

  /** When the peer was last seen to take something of what is written to it. */
  private long lastProgress = NONE;

  private long finishedAt = NONE;

  Deadlines(TcpServerOptions options) {
    this.options = options;
  }

  /** Bytes have arrived. */
  void arrived() {
    lastArrival = System.nanoTime();
  }

  /** Something has been written. */
  void answered() {
    lastAnswer = System.nanoTime();
  }

  /** When bytes arrived last, or the peer was read again. */
  long lastArrival() {
    return lastArrival;
  }

  /** When something was written last. */
  long lastAnswer() {
    return lastAnswer;
  }

  /**
   * They have been parsed.
   *
   * @param inHeader whether they end within a header
   * @param advanced whether they completed an earlier one
   */
  void parsed(boolean inHeader, boolean advanced) {
    if (!inHeader) {
      headerSince = NONE;
    } else if (headerSince == NONE || advanced) {
      headerSince = lastArrival;
    }
  }

  /** The peer is read again: the time in which it was not does not count against it. */
  void resumed() {
    lastArrival = System.nanoTime();
    if (headerSince != NONE) {
      headerSince = lastArrival;
    }
  }

  /** All is written and our direction has ended. */
  void finished() {
    finishedAt = System.nanoTime();
  }

  /** Which limit the peer has let pass in sending, in words. */
  Optional<String> overdue(long now, FrameParser parser, boolean isAwaitingAnswers) {
    if (headerSince != NONE && now - headerSince >= options.headerTimeout().toNanos()) {
      return Optional.of(
          "the header of a frame was not complete after "
              + options.headerTimeout().toMillis()
              + " ms (headerTimeout)");
    }
    long silence = now - lastArrival;
    if (parser.isInBody() && silence >= options.bodyTimeout().toNanos()) {
      return Optional.of(
          "a body was announced and no byte of it came for "
              + options.bodyTimeout().toMillis()
              + " ms (bodyTimeout)");
    }
    if (!options.idleTimeout().isZero()
        && !isAwaitingAnswers
        && now - Math.max(lastArrival, lastAnswer) >= options.idleTimeout().toNanos()) {
      return Optional.of(
          "nothing came or went for " + options.idleTimeout().toMillis() + " ms (idleTimeout)");
    }
    return Optional.empty();
  }

  /** Whether nothing has come for a moment. */
  boolean isQuiet(long now) {
    return now - lastArrival >= QUIET;
  }

  /** Whether the peer neither reads what is written to it nor closes. */
  boolean isStuck(long now, Socket socket) {
    if (finishedAt != NONE) {
      return now - finishedAt >= LINGER;
    }
    if (!socket.hasUnsent()) {
      lastProgress = NONE;
      return false;
    }
    if (socket.hasProgressed() || lastProgress == NONE) {
      lastProgress = now;
    }
    return now - lastProgress >= options.writeTimeout().toNanos();
  }
}
