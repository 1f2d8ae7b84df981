package io.baozi.cli;

import io.baozi.client.Queue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Messages dropped. */
@Command(
    name = "purge",
    description = "Drop the ready and delayed messages of a queue, or its dead.",
    footer = {
      "",
      "What is reserved stays. At a terminal it asks first; elsewhere --yes has to be given.",
      "",
      "Examples:",
      "  baozi purge orders",
      "  baozi purge orders --dead --yes"
    })
final class PurgeCommand extends QueueCommand {
  @Option(names = "--dead", description = "Drop the dead instead.")
  private boolean isDead;

  @Mixin private Confirmation confirmation;

  PurgeCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    confirmation.check(shell());
  }

  @Override
  int run(Session session, Queue target) {
    if (!confirmation.isGiven()) {
      var stats = session.await(target.stats());
      long count = isDead ? stats.dead() : stats.ready() + stats.delayed();
      confirmation.ask(shell(), "drop " + kind(count) + " of queue " + queue() + "?");
    }
    long purged = session.await(isDead ? target.purgeDead() : target.purge());
    say(kind(purged) + " of queue " + queue() + " dropped", "purged", purged);
    return Exit.OK;
  }

  private String kind(long count) {
    return isDead ? count + " dead" : Progress.messages(count);
  }
}
