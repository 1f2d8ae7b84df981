package io.baozi.cli;

import io.baozi.data.Counts;
import io.baozi.data.Import;
import io.baozi.journal.FreshJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A data directory made of an export. */
@Command(
    name = "import",
    description = "Make a data directory of what an export has written.",
    footer = {
      "",
      "The directory has to be empty, or not there. Unless all of the file was read and is on the",
      "disk, no server starts with it, and what was made is removed again.",
      "",
      "Examples:",
      "  baozi data import backup.baozi /var/lib/baozi",
      "  zstdcat backup.baozi.zst | baozi data import -"
    })
final class DataImportCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private DataDirectoryOption directory;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "FILE [DIR]",
      hideParamSyntax = true,
      arity = "1..2",
      description = "The export, - is standard input; and the data directory to make.")
  private List<String> names;

  DataImportCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    String file = names.get(0);
    Path path = directory.path(names.size() > 1 ? names.get(1) : null, shell.environment());
    try (Source source = Source.ofFile(file, shell);
        FreshJournal journal = FreshJournal.in(path);
        Bar bar = Bar.of(shell)) {
      Counts counts = Import.read(source.stream(), source.name(), size(file), journal, bar);
      bar.end();
      String made = journal.directory().toString();
      shell
          .out()
          .line(common.isJson() ? DataCounts.json(counts, made) : DataCounts.text(counts, made));
    }
    return Exit.OK;
  }

  private static long size(String file) throws IOException {
    return file.equals(Source.STDIN) ? 0 : Files.size(Path.of(file));
  }
}
