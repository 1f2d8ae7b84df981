package io.baozi.cli;

import picocli.CommandLine.Command;

/** An event looked at. */
@Command(
    name = "get",
    description = "Print true if an event is set, else false.",
    footer = {
      "",
      "Exits with 0 if it is set, and with 1 if it is not.",
      "",
      "Example:",
      "  baozi event get open > /dev/null && echo come in"
    })
final class EventGetCommand extends NamedCommand {
  EventGetCommand(Shell shell) {
    super(shell, "event");
  }

  @Override
  int run(Session session) {
    boolean isSet = session.await(session.client().event(name()).isSet());
    say(isSet, "set", isSet);
    return isSet ? Exit.OK : Exit.FAILED;
  }
}
