package io.baozi.cli;

import io.baozi.client.ClientOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that has a session on a server while it runs. */
abstract class ClientCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private CommonOptions common;
  @Mixin private ConnectionOptions connection;

  ClientCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public final Integer call() {
    ClientOptions options = connection.in(shell.environment());
    check();
    options = adapted(options);
    if (endsInOrder()) {
      shell.interruption().listen(grace());
    }
    try (Session session = Session.open(options, shell.interruption())) {
      return run(session);
    } finally {
      shell.out().endLine();
    }
  }

  /** Refuses what is wrong on the command line, before anything is tried. */
  void check() {}

  /** The client's options as this command wants them. */
  ClientOptions adapted(ClientOptions options) {
    return options;
  }

  /** Whether something is left to do when a signal comes; if not, the process ends at once. */
  boolean endsInOrder() {
    return false;
  }

  /** How long that may take. */
  Duration grace() {
    return Interruption.GRACE;
  }

  /** Does it; gives the exit code. */
  abstract int run(Session session);

  /** Says something on standard error that is no error. */
  final void note(String sentence) {
    shell.err().println(isJson() ? new JsonLine().with("message", sentence) : "baozi: " + sentence);
  }

  /** Says why one of several things could not be done; the command goes on with the others. */
  final void complain(Failure failure) {
    new Errors(shell.err(), common).say(failure);
  }

  /** How messages look, as the options have it. */
  final MessageWriter.Style style(boolean isLines) {
    if (isJson()) {
      return MessageWriter.Style.JSON;
    }
    return isLines ? MessageWriter.Style.LINE : MessageWriter.Style.RAW;
  }

  final Shell shell() {
    return shell;
  }

  final boolean isJson() {
    return common.isJson();
  }
}
