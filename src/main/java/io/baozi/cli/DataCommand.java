package io.baozi.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is kept on disk; the work is in the commands under it. */
@Command(
    name = "data",
    description = "Check, show, compact, export or import a data directory that no server uses.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "The directory is the setting data.dir, unless it is given.",
      "",
      "Examples:",
      "  baozi data verify",
      "  baozi data export data backup.baozi",
      "  baozi data import backup.baozi data2"
    })
final class DataCommand implements Callable<Integer> {
  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    throw Failure.usage("data what: verify, dump, compact, export or import");
  }
}
