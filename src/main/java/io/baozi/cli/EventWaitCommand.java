package io.baozi.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** An event awaited. */
@Command(
    name = "wait",
    description = "Wait until an event is set.",
    footer = {
      "",
      "Prints nothing. Exits with 124 if it is not set within --wait.",
      "",
      "Examples:",
      "  baozi event wait open && ./serve",
      "  baozi event wait open --wait 5m || echo still closed"
    })
final class EventWaitCommand extends NamedCommand {
  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "For that; 0 is not at all (default: forever).")
  private Duration wait;

  EventWaitCommand(Shell shell) {
    super(shell, "event");
  }

  @Override
  int run(Session session) {
    session.await(session.client().event(name()).await(wait));
    sayJson("set", true);
    return Exit.OK;
  }
}
