package io.baozi.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a server has kept, while none runs; the work is in the commands under it. */
@Command(
    name = "data",
    description = "Verify, dump, compact, export or import what a stopped server has kept.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "The server of the directory must not run. DIR is its data.dir; without it, what the",
      "environment says (BAOZI_DATA_DIR), or else data.",
      "",
      "Examples:",
      "  baozi data verify",
      "  baozi data dump /var/lib/baozi --queue orders",
      "  baozi data export /var/lib/baozi orders.baozi"
    })
final class DataCommand implements Callable<Integer> {
  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    throw Failure.usage("data what: verify, dump, compact, export or import");
  }
}
