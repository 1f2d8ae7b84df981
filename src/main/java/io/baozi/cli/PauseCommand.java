package io.baozi.cli;

import io.baozi.client.Queue;
import picocli.CommandLine.Command;

/** A queue that gives nothing. */
@Command(
    name = "pause",
    description = "Let a queue give no messages until it is resumed; puts go on.",
    footer = {
      "",
      "What is reserved stays so and may be acknowledged; who takes, waits.",
      "",
      "Example:",
      "  baozi pause orders"
    })
final class PauseCommand extends QueueCommand {
  PauseCommand(Shell shell) {
    super(shell);
  }

  @Override
  int run(Session session, Queue target) {
    session.await(target.pause());
    say("queue " + queue() + " is paused", "paused", true);
    return Exit.OK;
  }
}
