package io.baozi.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A latch awaited. */
@Command(
    name = "await",
    description = "Wait until a latch is at 0.",
    footer = {
      "",
      "Prints nothing. Exits with 124 if it is not at 0 within --wait, with 1 if there is none or it is",
      "deleted meanwhile.",
      "",
      "Examples:",
      "  baozi latch await guests && ./serve",
      "  baozi latch await guests --wait 5m"
    })
final class LatchAwaitCommand extends NamedCommand {
  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "For that; 0 is not at all (default: forever).")
  private Duration wait;

  LatchAwaitCommand(Shell shell) {
    super(shell, "latch");
  }

  @Override
  int run(Session session) {
    session.await(session.client().latch(name()).await(wait));
    sayJson("count", 0);
    return Exit.OK;
  }
}
