package io.baozi.cli;

import io.baozi.client.Queue;
import picocli.CommandLine.Command;

/** A queue that gives again. */
@Command(
    name = "resume",
    description = "Let a queue that is paused give messages again.",
    footer = {"", "Example:", "  baozi resume orders"})
final class ResumeCommand extends QueueCommand {
  ResumeCommand(Shell shell) {
    super(shell);
  }

  @Override
  int run(Session session, Queue target) {
    session.await(target.resume());
    say("queue " + queue() + " gives messages", "paused", false);
    return Exit.OK;
  }
}
