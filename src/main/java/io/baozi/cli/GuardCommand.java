package io.baozi.cli;

import io.baozi.client.ClientOptions;
import io.baozi.message.ErrorCode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that runs a program while it holds something. */
abstract class GuardCommand extends ClientCommand {
  /** Heartbeats in a grace; two that stay away are a cut. */
  private static final int BEATS = 4;

  private static final Duration SHORTEST_BEAT = Duration.ofMillis(100);
  private static final Duration LONGEST_BEAT = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME -- COMMAND [ARG...]",
      hideParamSyntax = true,
      description = "The name, and behind -- the command.")
  private List<String> words;

  @Option(
      names = {"-c", "--command"},
      paramLabel = "LINE",
      description = "A line for sh, instead of -- and a command.")
  private String line;

  @Option(
      names = {"-w", "--wait"},
      paramLabel = "TIME",
      description = "For it, at most (default: forever).")
  private Duration wait;

  @Option(
      names = {"-n", "--fail"},
      description = "Do not wait.")
  private boolean isFailing;

  @Option(
      names = {"-E", "--conflict-exit-code"},
      paramLabel = "N",
      description = "The exit code if it is not to be had (default: 1 with --fail, else 124).")
  private Integer conflictExit;

  @Option(
      names = "--lease",
      paramLabel = "TIME",
      description =
          "After which it passes on if this command has fallen silent; it is renewed until then"
              + " (default: when the server sees that this command is gone).")
  private Duration lease;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description =
          "How long it stays held if the connection is cut, to be resumed (default: not at all).")
  private Duration sessionGrace;

  @Option(
      names = "--kill-after",
      paramLabel = "TIME",
      description = "From SIGTERM to SIGKILL, if it is lost (default: 10s).")
  private Duration patience = Duration.ofSeconds(10);

  @Option(
      names = "--owner",
      paramLabel = "TEXT",
      description = "Who it is that holds it, for others to see (default: user@host:process).")
  private String owner;

  private String name;
  private Program program;

  GuardCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    List<String> command = CommandWords.behind(spec.commandLine().getParseResult().originalArgs());
    List<String> names = words.subList(0, words.size() - command.size());
    if (names.isEmpty()) {
      throw Failure.usage("the name is missing; write it before --, " + usage());
    }
    if (names.size() > 1) {
      throw Failure.usage(
          "what is '" + names.get(1) + "'; the command stands behind --, " + usage());
    }
    if (line == null ? command.isEmpty() : !command.isEmpty()) {
      throw Failure.usage(
          line == null
              ? "the command is missing; write it behind --, " + usage()
              : "--command and a command behind --: it is one or the other");
    }
    if (isFailing && wait != null) {
      throw Failure.usage("--fail and --wait: it waits or it does not");
    }
    Bounds.require("--conflict-exit-code", conflictExit, 0, 255);
    Bounds.require("--lease", lease, Bounds.LEAST, Bounds.LONGEST, "1ms to 365d");
    Bounds.require("--grace", sessionGrace, Bounds.LEAST, Bounds.LONGEST, "1ms to 365d");
    Bounds.requireDelay("--kill-after", patience);
    name = names.get(0);
    program = line == null ? new Program(command) : Program.ofShell(line);
  }

  /** With a grace a dead connection has to be noticed while there is time to make another. */
  @Override
  final ClientOptions adapted(ClientOptions options) {
    if (sessionGrace == null) {
      return options;
    }
    Duration beat = Collections.max(List.of(sessionGrace.dividedBy(BEATS), SHORTEST_BEAT));
    return options
        .withGrace(sessionGrace)
        .withHeartbeat(Collections.min(List.of(beat, LONGEST_BEAT)));
  }

  private String usage() {
    return "as in `%s %s -- ./bake`".formatted(spec.name(), example());
  }

  /** A name for the usage. */
  abstract String example();

  @Override
  final boolean endsInOrder() {
    return true;
  }

  /** As long as the program takes. */
  @Override
  final Duration grace() {
    return Bounds.LONGEST;
  }

  @Override
  final int run(Session session) {
    return new GuardedRun(held(session), shell().interruption(), patience, this::note)
        .run(session, program);
  }

  private Held held(Session session) {
    Duration most = isFailing ? Duration.ZERO : wait;
    String who = owner == null ? Whoami.text(shell().environment()) : owner;
    try {
      return session.await(acquire(session, name, new Terms(who, most, lease)));
    } catch (Failure failure) {
      throw failure.error().equals(ErrorCode.TIMEOUT.wire())
          ? failure.exiting(conflictExit())
          : failure;
    }
  }

  private int conflictExit() {
    if (conflictExit != null) {
      return conflictExit;
    }
    return isFailing ? Exit.FAILED : Exit.TIMED_OUT;
  }

  /**
   * On what terms it is to be held.
   *
   * @param waitFor null for ever
   * @param lease null for none
   */
  record Terms(String owner, Duration waitFor, Duration lease) {}

  /** Acquires it. */
  abstract Future<Held> acquire(Session session, String name, Terms terms);
}
