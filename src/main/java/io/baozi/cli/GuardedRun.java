package io.baozi.cli;

import io.baozi.process.CommandProcess;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A program's run on the streams of this process, while something is held. */
final class GuardedRun {
  private final Held held;
  private final Interruption interruption;
  private final Duration patience;
  private final Consumer<String> note;

  /**
   * A run that is to begin.
   *
   * @param patience from SIGTERM to SIGKILL, if what is held is lost
   * @param note is told what a person has to know
   */
  GuardedRun(Held held, Interruption interruption, Duration patience, Consumer<String> note) {
    this.held = held;
    this.interruption = interruption;
    this.patience = patience;
    this.note = note;
  }

  /** Runs it, then gives back what is held; gives the exit code. */
  int run(Session session, Program program) {
    Promise<CommandProcess> started = Promise.promise();
    // Before it runs, so that no signal comes that would end this process and not the program.
    interruption.divert(name -> started.future().onSuccess(process -> process.signal(name)));
    CommandProcess process = start(session, program);
    started.complete(process);
    Future.fromCompletionStage(interruption.request()).onSuccess(v -> process.terminate());
    CompletableFuture<?> loss = held.lost().toCompletionStage().toCompletableFuture();
    CompletableFuture<Integer> exit = process.exit();
    CompletableFuture.anyOf(exit, loss).join();
    return loss.isDone() ? stop(process) : release(session, exit.join());
  }

  private CommandProcess start(Session session, Program program) {
    try {
      return CommandProcess.attached(program.process(held.variables()));
    } catch (IOException e) {
      session.settle(held.release().get().otherwiseEmpty());
      throw failure(program, e);
    }
  }

  private static Failure failure(Program program, IOException e) {
    String name = program.words().get(0);
    return program.isThere()
        ? new Failure("command", "cannot run " + name + ": " + reason(e), Exit.NOT_EXECUTABLE, e)
        : new Failure("command", "there is no program " + name, Exit.NOT_FOUND, e);
  }

  /** Java says it with the name, and with an error's number. */
  private static String reason(IOException e) {
    return e.getMessage().replaceFirst("(?s).*error=\\d+, ", "");
  }

  /** Nobody may go on as if it were held. */
  private int stop(CommandProcess process) {
    note.accept(
        "%s; the command gets SIGTERM, and SIGKILL after %s"
            .formatted(held.lost().result().getMessage(), Durations.spelt(patience)));
    process.stopAll(patience).join();
    return Exit.LOST;
  }

  /** What cannot be given back may have been lost before the end. */
  private int release(Session session, int exit) {
    try {
      session.settle(held.release().get());
      return exit;
    } catch (Failure failure) {
      note.accept(
          "the command ended with exit code %d, but %s may have been lost before: %s"
              .formatted(exit, held.name(), failure.getMessage()));
      return Exit.LOST;
    }
  }
}
