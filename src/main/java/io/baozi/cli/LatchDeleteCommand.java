package io.baozi.cli;

import picocli.CommandLine.Command;

/** A latch dropped. */
@Command(
    name = "delete",
    description = "Drop a latch; who waits for it is refused with not_found.",
    footer = {"", "Example:", "  baozi latch delete guests"})
final class LatchDeleteCommand extends NamedCommand {
  LatchDeleteCommand(Shell shell) {
    super(shell, "latch");
  }

  @Override
  int run(Session session) {
    session.await(session.client().latch(name()).delete());
    say("latch " + name() + " dropped", "deleted", true);
    return Exit.OK;
  }
}
