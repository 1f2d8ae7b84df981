package io.baozi.cli;

import io.baozi.client.Queue;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The end of all that is in a queue. */
@Command(
    name = "join",
    description = "Wait until nothing in a queue is ready, delayed or reserved.",
    footer = {
      "",
      "Prints nothing. Exits with 124 if it is not so within --wait. The dead do not count.",
      "",
      "Examples:",
      "  baozi join orders && echo all baked",
      "  baozi join orders --wait 5m"
    })
final class JoinCommand extends QueueCommand {
  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "For that; 0 is not at all (default: forever).")
  private Duration wait;

  JoinCommand(Shell shell) {
    super(shell);
  }

  @Override
  int run(Session session, Queue target) {
    session.await(target.join(wait));
    if (isJson()) {
      say("", "joined", true);
    }
    return Exit.OK;
  }
}
