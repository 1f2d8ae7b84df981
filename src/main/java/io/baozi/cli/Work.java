package io.baozi.cli;

import io.baozi.client.Message;
import io.baozi.client.TakeOptions;
import io.baozi.message.ErrorCode;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Messages on their way from queues to a crew, which is given no more than it can work on at once.
 */
final class Work {
  private final Session session;
  private final WorkTerms terms;
  private final Interruption interruption;
  private final WorkLog log;
  private final Consumer<String> note;
  private final Crew crew;

  /**
   * @param note is told what it waits for at its end
   */
  Work(
      Session session,
      WorkTerms terms,
      WorkQueues queues,
      Program program,
      Shell shell,
      WorkLog log,
      Consumer<String> note) {
    this.session = session;
    this.terms = terms;
    this.interruption = shell.interruption();
    this.log = log;
    this.note = note;
    Plumbing plumbing = new Plumbing(shell, terms.concurrency());
    this.crew = new Crew(session, terms, program, plumbing, queues, log);
  }

  /** Works until there is nothing left to do; whatever ends it, what is in hand is ended before. */
  void run() {
    session.client().closeHandler(crew.trouble()::completeExceptionally);
    try {
      takeAll();
    } catch (Failure failure) {
      tell(failure);
      awaitIdle();
      throw failure.adding(log.summary());
    } catch (OutputException e) {
      awaitIdle();
      throw e;
    }
    awaitIdle();
    note.accept(log.summary());
  }

  private void takeAll() {
    long left = terms.count();
    while (left > 0) {
      awaitRoom();
      List<Message> messages = take((int) Math.min(left, terms.concurrency() - crew.size()));
      if (messages.isEmpty()) {
        return;
      }
      left -= messages.size();
      messages.forEach(crew::start);
    }
  }

  private void awaitRoom() {
    CompletableFuture<Void> change = crew.change();
    while (crew.size() == terms.concurrency()) {
      session.await(CompletableFuture.anyOf(change, crew.trouble()));
      change = crew.change();
    }
  }

  /** None once the queues are empty, and nothing in hand can come back to them. */
  private List<Message> take(int most) {
    while (true) {
      CompletableFuture<Void> change = crew.change();
      boolean isIdle = crew.size() == 0;
      try {
        return awaitTaken(most);
      } catch (Failure failure) {
        if (!terms.isUntilEmpty() || !failure.error().equals(ErrorCode.EMPTY.wire())) {
          throw failure;
        }
      }
      if (isIdle) {
        return List.of();
      }
      session.await(CompletableFuture.anyOf(change, crew.trouble()));
    }
  }

  private List<Message> awaitTaken(int most) {
    Future<List<Message>> taken =
        session
            .client()
            .take(terms.queues(), new TakeOptions(most, terms.waitFor(), terms.ttr(), false, null));
    try {
      session.await(CompletableFuture.anyOf(future(taken), crew.trouble()));
      return session.await(taken);
    } catch (Failure | OutputException e) {
      taken.onSuccess(messages -> messages.forEach(crew::giveBack));
      throw e;
    }
  }

  private static CompletableFuture<?> future(Future<?> future) {
    return future.toCompletionStage().toCompletableFuture();
  }

  private void tell(Failure failure) {
    int running = crew.size();
    if (running > 0) {
      String commands = running == 1 ? "a command still runs" : running + " commands still run";
      String hint = interruption.isRequested() ? ", a second signal kills what runs" : "";
      note.accept(failure.getMessage() + "; " + commands + hint);
    }
  }

  private void awaitIdle() {
    Future.fromCompletionStage(interruption.insistence()).onSuccess(v -> crew.kill());
    CompletableFuture<Void> change = crew.change();
    while (crew.size() > 0) {
      change.join();
      change = crew.change();
    }
  }
}
