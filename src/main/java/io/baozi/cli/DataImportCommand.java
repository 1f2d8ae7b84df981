package io.baozi.cli;

import io.baozi.data.Import;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A data directory made of an exported file. */
@Command(
    name = "import",
    description = "Make a new data directory of what was exported.",
    footer = {
      "",
      "It is made beside its place, and gets its name when all of the file is on disk; a file that",
      "is cut off or damaged leaves nothing. A directory that is not empty is refused.",
      "",
      "Examples:",
      "  baozi data import backup.baozi",
      "  gunzip < backup.gz | baozi data import - /var/lib/baozi"
    })
final class DataImportCommand implements Callable<Integer> {
  /** How long it has to leave nothing half done when it is interrupted. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Shell shell;

  @Mixin private CommonOptions common;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "The exported file, or - for standard input.")
  private String file;

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      arity = "0..1",
      description = "The data directory to make (default: BAOZI_DATA_DIR, or data).")
  private String directory;

  DataImportCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    shell.interruption().listen(GRACE);
    Path path = DataPlace.of(directory, shell.environment());
    Import.Report report =
        file.equals("-") ? load(path) : load(path, ConfigurationOptions.path(file));
    if (common.isJson()) {
      shell.out().line(new JsonLine().with("dir", path.toString()).with(JsonLine.of(report)));
    } else {
      shell
          .out()
          .line(
              "%s: %s, %s, %s in bodies"
                  .formatted(
                      path,
                      Counts.of(report.queues(), "queue"),
                      Progress.messages(report.messages()),
                      Units.bytes(report.bytes())));
    }
    return Exit.OK;
  }

  private Import.Report load(Path path) throws IOException {
    try (Bar bar = Bar.of(shell)) {
      return Import.run(shell.in(), "standard input", 0, path, bar);
    }
  }

  private Import.Report load(Path path, Path from) throws IOException {
    if (!Files.isRegularFile(from)) {
      throw Failure.input(Files.exists(from) ? from + " is no file" : "there is no file " + from);
    }
    try (Bar bar = Bar.of(shell);
        InputStream in = Files.newInputStream(from)) {
      return Import.run(in, from.toString(), Files.size(from), path, bar);
    }
  }
}
