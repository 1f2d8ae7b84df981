package io.baozi.cli;

import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command for each message. */
@Command(
    name = "work",
    description = "Run a command for each message of a queue, with the body on its standard input.",
    footer = {
      "",
      "The command's environment has BAOZI_QUEUE, BAOZI_MSG and BAOZI_ATTEMPT, and BAOZI_HEADERS",
      "as JSON if there are any. Exit code 0 acknowledges the message, the one of --dead-exit makes",
      "it dead, any other gives it back, to come again after the queue's backoff or --delay. A run",
      "that fails, is interrupted or killed uses up one of the queue's attempts, and the last one",
      "makes the message dead; unless the queue has attempts or a backoff (see declare), what",
      "always fails comes again at once, and for ever. A queue that is not there is made, so with a",
      "misspelt name it waits for ever.",
      "",
      "A message stays reserved as long as its command runs; --ttr is only how long the server",
      "waits for a client that has fallen silent. No more messages are taken than commands can",
      "start. What commands write passes through: as it comes, or with -n of 2 or more in whole",
      "lines (of up to 64 KiB). What became of a message that was not done is said on standard",
      "error, with --output json of every message. No shell reads COMMAND: write sh -c '...' for one.",
      "",
      "SIGINT or SIGTERM: no more is taken, the commands that run are waited for; a second one kills",
      "them, and their messages come again without a delay, if they have attempts left. If the",
      "server goes away, likewise, and it exits with 1; with 124 if no message comes within --wait.",
      "Failing commands do not change its exit. SIGKILL (kill -9) leaves the commands running while",
      "their messages come back at once, so that a message may be worked on twice at a time.",
      "",
      "Examples:",
      "  baozi work orders -- ./bake",
      "  baozi work urgent orders -n 4 --delay 10s -- sh -c 'curl -sf -d @- https://example.org'",
      "  baozi work orders --until-empty --dead-exit 65 -- ./bake --strict"
    })
final class WorkCommand extends ClientCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_COMMANDS = 1000;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "QUEUE... -- COMMAND [ARG...]",
      hideParamSyntax = true,
      description =
          "The queues, of which the first that has something is taken from, and behind -- the"
              + " command.")
  private List<String> words;

  @Option(
      names = {"-n", "--concurrency"},
      paramLabel = "N",
      description = "Commands that run at once, at most (default: 1).")
  private int concurrency = 1;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Messages, at most (default: no limit).")
  private long count = Long.MAX_VALUE;

  @Option(
      names = "--until-empty",
      description = "Go on until no message comes within --wait and no command runs.")
  private boolean isUntilEmpty;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "For the next message; 0 is not at all (default: forever; --until-empty: 2s).")
  private Duration wait;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      description =
          "Until a message comes again that was given back (default: the queue's backoff).")
  private Duration delay;

  @Option(
      names = "--dead-exit",
      paramLabel = "N",
      description = "The exit code that makes a message dead (default: none does).")
  private Integer deadExit;

  @Option(
      names = "--ttr",
      paramLabel = "TIME",
      description =
          "How long messages are reserved if this command falls silent (default: the"
              + " queue's).")
  private Duration ttr;

  private List<String> queues;
  private Program program;

  WorkCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    List<String> command = CommandWords.behind(spec.commandLine().getParseResult().originalArgs());
    queues = words.subList(0, words.size() - command.size());
    if (command.isEmpty()) {
      throw Failure.usage(
          "the command is missing; write it behind --, as in `work QUEUE -- ./bake`");
    }
    if (queues.isEmpty()) {
      throw Failure.usage("the queue is missing; write it before --, as in `work QUEUE -- ./bake`");
    }
    Bounds.require("--concurrency", concurrency, 1, MOST_COMMANDS);
    Bounds.require("--count", count, 1, Long.MAX_VALUE);
    Bounds.require("--dead-exit", deadExit, 1, 255);
    Bounds.requireDelay("--delay", delay);
    Bounds.requireTtr(ttr);
    program = Program.of(command);
  }

  @Override
  boolean endsInOrder() {
    return true;
  }

  /** As long as the commands that run take. */
  @Override
  Duration grace() {
    return Bounds.LONGEST;
  }

  @Override
  int run(Session session) {
    WorkTerms terms = terms();
    WorkQueues known = WorkQueues.ask(session, terms);
    WorkLog log = new WorkLog(shell().err(), isJson(), known);
    Program run = isAtTerminal() ? program.shielded() : program;
    new Work(session, terms, known, run, shell(), log, this::note).run();
    return Exit.OK;
  }

  private boolean isAtTerminal() {
    return shell().isInteractive() || shell().isWatched() || shell().out().isTerminal();
  }

  private WorkTerms terms() {
    Duration patience = wait == null && isUntilEmpty ? PATIENCE : wait;
    return new WorkTerms(queues, concurrency, count, patience, isUntilEmpty, ttr, delay, deadExit);
  }
}
