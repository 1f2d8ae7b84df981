package io.baozi.flow;

import io.baozi.client.Message;
import io.baozi.process.CommandProcess;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs a command for each message, which gets the body on its standard input. Exit code 0
 * acknowledges the message, any other gives it back. What it writes to its standard error goes to
 * the log, its standard output nowhere.
 *
 * <p>A process that is still there after the timeout, or when the consumer is stopped, is
 * terminated, and killed a second later: that process alone, none that it started, so let a shell
 * {@code exec} its last command.
 */
final class CommandConsumer extends Consumer {
  /**
   * Its settings.
   *
   * @param command the program and its arguments; no shell reads them
   * @param timeout how long a process may run, in milliseconds, 1 to 86400000
   */
  record Settings(List<String> command, long timeout) {
    static Settings from(String place, JsonObject config) {
      Keys keys = new Keys(place, config, "command", "timeout");
      return new Settings(
          keys.texts("command"), keys.millis("timeout", 60_000, 1, 24 * 60 * 60 * 1000));
    }
  }

  private static final Logger LOG = System.getLogger(CommandConsumer.class.getName());

  /** From terminating a process to killing it, in milliseconds. */
  private static final long GRACE = 1000;

  /** What is kept of a process's standard error, in bytes. */
  private static final int MOST_ERROR = 8 * 1024;

  private final Set<CommandProcess> running = new HashSet<>();
  private Settings own;
  private boolean stopping;

  @Override
  protected Future<?> open() {
    own = Settings.from(Kind.CONSUMER.place(settings().name()), config());
    return Future.succeededFuture();
  }

  @Override
  protected Future<?> consume(Message message) {
    return context.executeBlocking(() -> start(message), false).compose(this::watch);
  }

  private CommandProcess start(Message message) throws IOException {
    ProcessBuilder program =
        new ProcessBuilder(own.command()).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return CommandProcess.start(
        program,
        message.body(),
        stdout -> {},
        stderr -> tell(message.msg(), Beginning.of(stderr, MOST_ERROR)));
  }

  private Future<Void> watch(CommandProcess process) {
    running.add(process);
    long timeout = vertx.setTimer(own.timeout(), timer -> end(process));
    if (stopping) {
      end(process);
    }
    return Future.fromCompletionStage(process.exit(), context)
        .onComplete(
            exit -> {
              running.remove(process);
              vertx.cancelTimer(timeout);
            })
        .compose(CommandConsumer::judge);
  }

  private static Future<Void> judge(int exit) {
    return exit == 0
        ? Future.succeededFuture()
        : Future.failedFuture(new IOException("the command ended with exit code " + exit));
  }

  private void end(CommandProcess process) {
    process.terminate();
    vertx.setTimer(GRACE, timer -> process.kill());
  }

  private void tell(long msg, Buffer errors) {
    errors
        .toString()
        .lines()
        .forEach(
            line ->
                LOG.log(
                    Level.INFO,
                    settings().name()
                        + ", message "
                        + msg
                        + ": "
                        + Printable.of(Buffer.buffer(line))));
  }

  @Override
  protected void hurry() {
    stopping = true;
    Set.copyOf(running).forEach(this::end);
  }
}
