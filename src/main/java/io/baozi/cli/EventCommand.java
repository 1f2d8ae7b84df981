package io.baozi.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** An event; the work is in the commands under it. */
@Command(
    name = "event",
    description = "Set a flag, clear it, or wait until somebody has set it.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "An event is made at its first use, and is not set then.",
      "",
      "Examples:",
      "  baozi event wait open && ./serve",
      "  baozi event set open"
    })
final class EventCommand implements Callable<Integer> {
  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    throw Failure.usage("event what: set, clear, get or wait");
  }
}
