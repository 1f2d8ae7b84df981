package io.baozi.cli;

import picocli.CommandLine.Command;

/** An event set. */
@Command(
    name = "set",
    description = "Set an event: all who wait go on, and who comes later need not wait.",
    footer = {"", "Example:", "  baozi event set open"})
final class EventSetCommand extends NamedCommand {
  EventSetCommand(Shell shell) {
    super(shell, "event");
  }

  @Override
  int run(Session session) {
    session.await(session.client().event(name()).set());
    say("event " + name() + " is set", "set", true);
    return Exit.OK;
  }
}
