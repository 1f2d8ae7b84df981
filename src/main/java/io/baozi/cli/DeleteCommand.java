package io.baozi.cli;

import io.baozi.client.Queue;
import io.baozi.client.QueueStats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A queue dropped. */
@Command(
    name = "delete",
    description = "Drop a queue with all that is in it, reserved and dead messages, too.",
    footer = {
      "",
      "Who waits on it is refused with not_found; a later put or take makes it anew, with the",
      "settings of the configuration. At a terminal it asks first; elsewhere --yes has to be given.",
      "",
      "Examples:",
      "  baozi delete orders",
      "  baozi delete orders --yes"
    })
final class DeleteCommand extends QueueCommand {
  @Mixin private Confirmation confirmation;

  DeleteCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    confirmation.check(shell());
  }

  @Override
  int run(Session session, Queue target) {
    if (!confirmation.isGiven()) {
      QueueStats stats = session.await(target.stats());
      long count = stats.ready() + stats.delayed() + stats.reserved() + stats.dead();
      confirmation.ask(
          shell(), "drop queue " + queue() + " with " + Progress.messages(count) + "?");
    }
    session.await(target.delete());
    say("queue " + queue() + " dropped", "deleted", true);
    return Exit.OK;
  }
}
