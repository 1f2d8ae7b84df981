package io.baozi.cli;

import io.baozi.client.Pipe;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An end of a pipe, at the standard streams. */
@Command(
    name = "pipe",
    description = "Join standard input and output with those of another `baozi pipe`.",
    footer = {
      "",
      "Waits for the other end; then what goes in there comes out here and the reverse, at the pace",
      "of who reads, and none of it stays on the server. When standard input ends, here or there,",
      "the pipe is closed both ways: all that was sent before arrives, what the other end sends",
      "after that does not. So, unlike with nc, who is to wait for an answer keeps its input open.",
      "",
      "--send and --receive use one direction. --receive leaves standard input alone and ends when",
      "the other end does: what scripts want, and & in a shell. If standard input is /dev/null that",
      "is how it is anyway. If the other end goes before all of standard input was sent, it exits",
      "with 1. A sender that dies looks to the other end like one that is done: who must know that",
      "all has come sees it in the bytes, as tar does, or copies a file (`baozi cp`).",
      "",
      "Examples:",
      "  tar c src | baozi pipe src --send",
      "  baozi pipe src --receive | tar x            on another machine",
      "  baozi pipe chat                             on two machines: what is typed is shown"
    })
final class PipeCommand extends ClientCommand {
  /** Until a person is told what is waited for. */
  private static final Duration UNTIL_WORD = Duration.ofSeconds(1);

  @Parameters(index = "0", paramLabel = "NAME", description = "The pipe's name.")
  private String name;

  @Option(names = "--send", description = "Send standard input; drop what comes.")
  private boolean isSender;

  @Option(names = "--receive", description = "Write what comes; do not read standard input.")
  private boolean isReceiver;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "For the other end; 0 is not at all (default: forever).")
  private Duration wait;

  PipeCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    if (isSender && isReceiver) {
      throw Failure.usage("--send and --receive: without either it does both");
    }
    isReceiver |= !isSender && Descriptor.isNull(shell().in());
  }

  @Override
  boolean endsInOrder() {
    return true;
  }

  @Override
  int run(Session session) {
    Pipe pipe = open(session);
    long start = System.nanoTime();
    Outflow out = isSender ? null : new Outflow(session.context(), shell().out());
    PipeIn in = new PipeIn(pipe, Source.ofFile(Source.STDIN, shell()));
    CompletableFuture<Void> received =
        received(pipe, out).toCompletionStage().toCompletableFuture();
    if (!isReceiver) {
      in.start();
    }
    session.await(CompletableFuture.anyOf(received, in.end()));
    if (in.end().isDone()) {
      session.await(in.end());
      session.await(pipe.end());
      session.await(received);
    } else if (!isReceiver && (isSender || in.isBehind())) {
      throw new Failure(
          "closed",
          "the other end of pipe %s has closed it before all of standard input was sent"
              .formatted(name),
          Exit.FAILED);
    }
    summarise(in.sent(), out == null ? 0 : out.written(), System.nanoTime() - start);
    return Exit.OK;
  }

  private Pipe open(Session session) {
    CompletableFuture<Pipe> opened =
        session.client().pipe(name).open(wait).toCompletionStage().toCompletableFuture();
    if (shell().isWatched()) {
      session.await(
          opened
              .<Object>handle((pipe, fault) -> null)
              .completeOnTimeout(null, UNTIL_WORD.toMillis(), TimeUnit.MILLISECONDS));
      if (!opened.isDone()) {
        note("waiting for the other end: another `baozi pipe " + name + "`");
      }
    }
    return session.await(opened);
  }

  /** Completes once the pipe is closed and all that came is written. */
  private Future<Void> received(Pipe pipe, Outflow out) {
    if (out != null) {
      return pipe.pipeTo(out);
    }
    Promise<Void> end = Promise.promise();
    pipe.exceptionHandler(end::tryFail);
    pipe.endHandler(v -> end.tryComplete());
    pipe.handler(dropped -> {});
    return end.future();
  }

  /** On standard error, since standard output is the pipe's. */
  private void summarise(long sent, long received, long nanos) {
    if (isJson()) {
      shell()
          .err()
          .println(
              new JsonLine()
                  .with("pipe", name)
                  .with("sent", sent)
                  .with("received", received)
                  .with("seconds", Math.round(nanos / 1e6) / 1000.0));
    }
  }
}
