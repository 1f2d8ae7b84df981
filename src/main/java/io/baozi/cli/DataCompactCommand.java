package io.baozi.cli;

import io.baozi.data.Compact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The space of what is gone, given back. */
@Command(
    name = "compact",
    description = "Write a data directory anew without what is gone, so that it takes less space.",
    footer = {
      "",
      "A server does the same by itself when half of what is on the disk is gone. While it lasts,",
      "up to as much space is needed again. To break it off loses nothing. What it prints is the",
      "size of the store, which grows by what only the log had; verify looks for damage, not this.",
      "",
      "Examples:",
      "  baozi data compact",
      "  baozi data compact /var/lib/baozi"
    })
final class DataCompactCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The data directory (default: BAOZI_DATA_DIR, or data).")
  private String directory;

  DataCompactCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Path path = DataPlace.of(directory, shell.environment());
    Compact.Report report;
    try (Bar bar = Bar.of(shell)) {
      report = Compact.run(path, bar);
    }
    if (common.isJson()) {
      shell.out().line(new JsonLine().with("dir", path.toString()).with(JsonLine.of(report)));
    } else {
      shell
          .out()
          .line(
              "%s: %s before, %s after"
                  .formatted(path, Units.bytes(report.before()), Units.bytes(report.after())));
    }
    return Exit.OK;
  }
}
