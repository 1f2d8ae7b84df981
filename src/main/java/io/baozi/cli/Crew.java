package io.baozi.cli;

import io.baozi.cli.WorkTerms.Outcome;
import io.baozi.client.Message;
import io.baozi.client.NackOptions;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The commands that run, a process a message, and the way of each message from its start to the
 * server's answer to its outcome. Safe for use by several threads.
 */
final class Crew {
  private final Session session;
  private final WorkTerms terms;
  private final Program program;
  private final Plumbing plumbing;
  private final WorkQueues queues;
  private final WorkLog log;
  private final CompletableFuture<Void> trouble = new CompletableFuture<>();
  private final Set<Job> inHand = new HashSet<>();
  private CompletableFuture<Void> change = new CompletableFuture<>();
  private boolean isKilled;

  Crew(
      Session session,
      WorkTerms terms,
      Program program,
      Plumbing plumbing,
      WorkQueues queues,
      WorkLog log) {
    this.session = session;
    this.terms = terms;
    this.program = program;
    this.plumbing = plumbing;
    this.queues = queues;
    this.log = log;
  }

  /** Fails as soon as there is no sense in taking more messages. */
  CompletableFuture<Void> trouble() {
    return trouble;
  }

  /** Completes when fewer are in hand than now. */
  synchronized CompletableFuture<Void> change() {
    return change;
  }

  /** How many messages are in hand. */
  synchronized int size() {
    return inHand.size();
  }

  /** Starts the command for a message; gives it back if that cannot be done. */
  void start(Message message) {
    if (trouble.isCompletedExceptionally()) {
      giveBack(message);
      return;
    }
    try {
      var process = plumbing.start(program, message);
      add(new Job(session, message, process, ttr(message), log));
    } catch (IOException e) {
      giveBack(message);
      trouble.completeExceptionally(
          new Failure(
              "command", "the command cannot be started: " + e.getMessage(), Exit.FAILED, e));
    }
  }

  private Duration ttr(Message message) {
    return terms.ttr() == null ? queues.ttr(message.queue()) : terms.ttr();
  }

  /** Gives a message back that nothing was done to; it comes again at once. */
  void giveBack(Message message) {
    session
        .client()
        .queue(message.queue())
        .nack(message, NackOptions.DEFAULT.withDelay(Duration.ZERO));
  }

  private void add(Job job) {
    synchronized (this) {
      inHand.add(job);
      if (isKilled) {
        job.kill();
      }
    }
    Future.fromCompletionStage(job.output()).onFailure(trouble::completeExceptionally);
    Future.fromCompletionStage(job.exit()).onSuccess(exit -> settle(job, exit));
  }

  private void settle(Job job, int exit) {
    Outcome outcome = outcome(job, exit);
    job.settle(terms, outcome).onComplete(held -> settled(job, exit, outcome, held));
  }

  private synchronized Outcome outcome(Job job, int exit) {
    boolean isBlameless = isKilled && exit != 0;
    return isBlameless || job.output().isCompletedExceptionally()
        ? Outcome.UNTOUCHED
        : terms.outcome(exit);
  }

  private void settled(Job job, int exit, Outcome outcome, AsyncResult<Boolean> held) {
    if (held.succeeded()) {
      log.ended(job.message(), exit, outcome, held.result());
    } else {
      log.untold(job.message(), exit);
    }
    CompletableFuture<Void> changed;
    synchronized (this) {
      inHand.remove(job);
      changed = change;
      change = new CompletableFuture<>();
    }
    changed.complete(null);
  }

  /** Kills all that run; their messages come again at once. */
  synchronized void kill() {
    isKilled = true;
    inHand.forEach(Job::kill);
  }
}
