package io.baozi.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A latch; the work is in the commands under it. */
@Command(
    name = "latch",
    description = "Count down to 0 together, and wait until it is so.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "A latch is made with a count, by whoever comes first, and stays until it is deleted: at 0 for",
      "good.",
      "",
      "Examples:",
      "  baozi latch create guests 3",
      "  baozi latch countdown guests        each of three",
      "  baozi latch await guests && ./serve"
    })
final class LatchCommand implements Callable<Integer> {
  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    throw Failure.usage("latch what: create, countdown, await or delete");
  }
}
