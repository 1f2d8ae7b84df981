package io.baozi.cli;

import io.baozi.client.Message;
import io.baozi.process.CommandProcess;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A message and the process that is at it, which keeps it reserved as long as it runs. */
final class Job {
  /** How long output of what a process has left behind is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Session session;
  private final Message message;
  private final CommandProcess process;
  private final WorkLog log;
  private final long timer;

  /**
   * @param ttr for which the message is reserved
   */
  Job(Session session, Message message, CommandProcess process, Duration ttr, WorkLog log) {
    this.session = session;
    this.message = message;
    this.process = process;
    this.log = log;
    long period = Math.max(1, ttr.toMillis() / 2);
    this.timer = session.context().owner().setPeriodic(period, t -> touch());
  }

  private void touch() {
    session
        .client()
        .queue(message.queue())
        .touch(List.of(message), null)
        .onSuccess(
            held -> {
              if (held == 0 && stopTouching()) {
                log.lost(message);
              }
            });
  }

  /** Whether it was not stopped before. */
  private boolean stopTouching() {
    return session.context().owner().cancelTimer(timer);
  }

  Message message() {
    return message;
  }

  /** The exit code, once the process has ended and its output is passed on. */
  CompletableFuture<Integer> exit() {
    return process
        .exit()
        .thenCompose(
            exit ->
                process
                    .read()
                    .copy()
                    .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .handle((v, unread) -> exit));
  }

  /** Completes when its output is read; fails if it cannot be passed on. */
  CompletableFuture<Void> output() {
    return process.read();
  }

  /** Ends the process and all that it has started. */
  void kill() {
    process.killAll();
  }

  /** Tells the server; gives whether the message was still reserved. */
  Future<Boolean> settle(WorkTerms terms, WorkTerms.Outcome outcome) {
    stopTouching();
    var queue = session.client().queue(message.queue());
    return outcome == WorkTerms.Outcome.DONE
        ? queue.ack(message)
        : queue.nack(message, terms.nack(outcome));
  }
}
