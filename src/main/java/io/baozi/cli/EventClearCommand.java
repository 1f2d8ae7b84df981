package io.baozi.cli;

import picocli.CommandLine.Command;

/** An event cleared. */
@Command(
    name = "clear",
    description = "Clear an event: whoever comes now waits until it is set again.",
    footer = {"", "Example:", "  baozi event clear open"})
final class EventClearCommand extends NamedCommand {
  EventClearCommand(Shell shell) {
    super(shell, "event");
  }

  @Override
  int run(Session session) {
    session.await(session.client().event(name()).clear());
    say("event " + name() + " is clear", "set", false);
    return Exit.OK;
  }
}
