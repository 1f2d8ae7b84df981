package io.baozi.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A barrier, waited at. */
@Command(
    name = "barrier",
    description = "Wait until so many are waiting at a barrier, and go on with them.",
    footer = {
      "",
      "Prints how many had come before, from 0: only one of them is 0, and can do what only one should.",
      "If one of those who wait leaves (its wait ran out, it was interrupted), the others are refused with",
      "broken and exit with 1, and the barrier starts anew. With 124 if --wait ran out.",
      "",
      "Examples:",
      "  baozi barrier noon --parties 3 && ./eat",
      "  [ $(baozi barrier noon --parties 3 --wait 1m) = 0 ] && ./ring-the-bell"
    })
final class BarrierCommand extends NamedCommand {
  @Option(
      names = "--parties",
      required = true,
      paramLabel = "N",
      description = "How many go on together; all say the same.")
  private int parties;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "For that; 0 is not at all (default: forever).")
  private Duration wait;

  BarrierCommand(Shell shell) {
    super(shell, "barrier");
  }

  @Override
  void check() {
    Bounds.require("--parties", parties, 1, 1_000_000);
  }

  @Override
  int run(Session session) {
    int index = session.await(session.client().barrier(name()).await(parties, wait));
    say(index, "index", index);
    return Exit.OK;
  }
}
