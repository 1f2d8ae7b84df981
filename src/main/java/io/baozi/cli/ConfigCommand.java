package io.baozi.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is configured; the work is in the commands under it. */
@Command(
    name = "config",
    description = "Check a configuration, or show the one in force.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  baozi config check conf/baozi.json",
      "  baozi config show conf/baozi.json --changed"
    })
final class ConfigCommand implements Callable<Integer> {
  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    throw Failure.usage("config what: check or show");
  }
}
