package io.baozi.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A latch made. */
@Command(
    name = "create",
    description = "Make a latch with a count, and print the count that it has.",
    footer = {
      "",
      "If it is there and was made with the same count, nothing happens, and what is left is printed.",
      "",
      "Example:",
      "  baozi latch create guests 3"
    })
final class LatchCreateCommand extends NamedCommand {
  @Parameters(index = "1", paramLabel = "COUNT", description = "From where to count down.")
  private long count;

  LatchCreateCommand(Shell shell) {
    super(shell, "latch");
  }

  @Override
  void check() {
    Bounds.require("COUNT", count, 0, Bounds.MOST);
  }

  @Override
  int run(Session session) {
    long left = session.await(session.client().latch(name()).create(count));
    say(left, "count", left);
    return Exit.OK;
  }
}
