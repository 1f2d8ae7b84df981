package io.baozi.cli;

import io.baozi.data.Export;
import io.baozi.data.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All of a data directory in one file. */
@Command(
    name = "export",
    description = "Write all that a data directory holds into one file, to be imported elsewhere.",
    footer = {
      "",
      "The file is there when it is whole and on disk; - is standard output. A damaged directory is",
      "refused, unless --salvage asks for what can be read of it, and tells what is left out.",
      "Files that clients have put are not part of it: copy the folder files/tree beside it.",
      "",
      "Examples:",
      "  baozi data export backup.baozi",
      "  baozi data export /var/lib/baozi - | gzip > backup.gz",
      "  baozi data export --salvage /var/lib/baozi rescued.baozi"
    })
final class DataExportCommand implements Callable<Integer> {
  /** How long it has to leave nothing half done when it is interrupted. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Shell shell;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "[DIR] FILE",
      hideParamSyntax = true,
      arity = "1..2",
      description = {
        "The data directory (default: BAOZI_DATA_DIR, or data),",
        "and the file, or - for standard output."
      })
  private List<String> names;

  @Option(names = "--force", description = "Replace the file if it is there.")
  private boolean isForced;

  @Option(names = "--salvage", description = "Leave out what cannot be read, and tell what.")
  private boolean isSalvaged;

  DataExportCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    shell.interruption().listen(GRACE);
    if (names.size() > 2) {
      throw Failure.usage("what is '" + names.get(2) + "'; there is one DIR and one FILE");
    }
    Path directory = DataPlace.of(names.size() > 1 ? names.get(0) : null, shell.environment());
    String name = names.get(names.size() - 1);
    if (name.equals("-")) {
      export(directory);
    } else {
      export(directory, ConfigurationOptions.path(name));
    }
    return Exit.OK;
  }

  private void export(Path directory) throws IOException {
    try (Bar bar = Bar.beside(shell)) {
      Export.run(directory, stdout(), problems(bar), bar);
    }
  }

  private void export(Path directory, Path file) throws IOException {
    if (Files.exists(file) && !isForced) {
      throw Failure.input(file + " is there; --force replaces it");
    }
    Export.Report report;
    try (Bar bar = Bar.of(shell)) {
      report = Export.run(directory, file, problems(bar), bar);
    }
    long size = Files.size(file);
    if (common.isJson()) {
      shell.out().line(JsonLine.of(report).with("file", file.toString()).with("size", size));
    } else {
      shell
          .out()
          .line(
              "%s: %s, %s, %s in bodies; %s%s"
                  .formatted(
                      file,
                      Counts.of(report.queues(), "queue"),
                      Progress.messages(report.messages()),
                      Units.bytes(report.bytes()),
                      Units.bytes(size),
                      report.problems() == 0
                          ? ""
                          : "; " + Counts.of(report.problems(), "problem") + ", as told"));
    }
  }

  private Consumer<Problem> problems(Bar bar) {
    return isSalvaged ? problem -> say(problem, bar) : null;
  }

  private void say(Problem problem, Bar bar) {
    bar.clear();
    shell
        .err()
        .println(
            common.isJson()
                ? JsonLine.of(problem).toString()
                : "damaged: " + problem.place() + ": " + problem.what());
  }

  private OutputStream stdout() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        shell.out().write(Arrays.copyOfRange(bytes, from, from + length));
      }
    };
  }
}
