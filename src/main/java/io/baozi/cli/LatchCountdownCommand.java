package io.baozi.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A latch counted down. */
@Command(
    name = "countdown",
    description = "Count a latch down, and print what is left.",
    footer = {
      "",
      "At 0 it stays at 0.",
      "",
      "Examples:",
      "  baozi latch countdown guests",
      "  baozi latch countdown guests --by 2"
    })
final class LatchCountdownCommand extends NamedCommand {
  @Option(names = "--by", paramLabel = "N", description = "By how much (default: 1).")
  private long by = 1;

  LatchCountdownCommand(Shell shell) {
    super(shell, "latch");
  }

  @Override
  void check() {
    Bounds.require("--by", by, 1, Bounds.MOST);
  }

  @Override
  int run(Session session) {
    long left = session.await(session.client().latch(name()).countDown(by));
    say(left, "count", left);
    return Exit.OK;
  }
}
