package io.baozi.cli;

import io.baozi.journal.Compaction;
import io.baozi.journal.JournalException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Less disk for the same data. */
@Command(
    name = "compact",
    description = "Write anew what a data directory holds, and free the space of what is gone.",
    footer = {
      "",
      "A server does it by itself, by and by. It takes as much free space as what is held.",
      "",
      "Example:",
      "  baozi data compact /var/lib/baozi"
    })
final class DataCompactCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private DataDirectoryOption directory;
  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "DIR", arity = "0..1", description = "The data directory.")
  private String dir;

  DataCompactCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws JournalException {
    Compaction.Result result;
    try (Bar bar = Bar.of(shell)) {
      bar.begin("compacting", " steps", Compaction.steps());
      result = Compaction.run(directory.path(dir, shell.environment()), () -> bar.step(1));
    }
    if (common.isJson()) {
      shell
          .out()
          .line(
              new JsonLine()
                  .with("dir", result.directory().toString())
                  .with("before", result.before())
                  .with("after", result.after()));
    } else {
      shell
          .out()
          .line(
              "%s: %s before, %s after"
                  .formatted(
                      result.directory(),
                      Units.bytes(result.before()),
                      Units.bytes(result.after())));
    }
    return Exit.OK;
  }
}
