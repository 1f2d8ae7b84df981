package io.baozi.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line without a command. */
@Command(
    name = "baozi",
    description = {
      "Concurrency primitives of one process, for many processes on many machines.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 refused or failed, 2 wrong usage or configuration, 124 a wait ran",
      "out, 130 interrupted, 141 nobody reads the output any more (as in `| head -1`).",
      "Durations are written 500ms, 2s, 1m, 1h or 1d.",
      "",
      "Examples:",
      "  baozi serve                     a server with the defaults, on 127.0.0.1:7654",
      "  baozi put words --lines /usr/share/dict/words",
      "  baozi take words --lines --until-empty > words",
      "  baozi work orders -- ./bake     a process for each message",
      "  baozi help put                  all that put can do"
    })
final class Root implements Callable<Integer> {
  private final VersionCommand version;

  @Option(names = "--version", description = "Print the versions, as the command version does.")
  private boolean isVersion;

  @Mixin private CommonOptions common;

  Root(VersionCommand version) {
    this.version = version;
  }

  @Override
  public Integer call() {
    if (isVersion) {
      return version.print(common);
    }
    throw Failure.usage("a command is missing: " + CommandList.words());
  }
}
