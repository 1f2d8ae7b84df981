package io.baozi.cli;

import io.baozi.data.Counts;
import io.baozi.data.Export;
import io.baozi.data.ExportFile;
import io.baozi.journal.RestingJournal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All of a data directory in one file. */
@Command(
    name = "export",
    description = "Write all that a data directory holds to one file.",
    footer = {
      "",
      "The file is Baozi's frames, one behind the other; docs/durability.md says which. It has its",
      "name only when it is whole and on the disk.",
      "",
      "Examples:",
      "  baozi data export backup.baozi",
      "  baozi data export /var/lib/baozi - | zstd > backup.baozi.zst",
      "  baozi data export --salvage /var/lib/baozi saved.baozi"
    })
final class DataExportCommand implements Callable<Integer> {
  private static final int PIECE = 1 << 16;
  private static final long MOST_SHOWN = 20;

  private final Shell shell;
  private long skipped;

  @Option(names = "--force", description = "Replace the file if it is there.")
  private boolean isForced;

  @Option(
      names = "--salvage",
      description = "Of a damaged directory, write what can be read, and say what cannot.")
  private boolean isSalvage;

  @Mixin private DataDirectoryOption directory;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "[DIR] FILE",
      hideParamSyntax = true,
      arity = "1..2",
      description = "The data directory, and the file to write; - is standard output.")
  private List<String> names;

  DataExportCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    String file = names.get(names.size() - 1);
    Path path = directory.path(names.size() > 1 ? names.get(0) : null, shell.environment());
    if (file.equals(Source.STDIN)) {
      refuseTerminal();
      say(toOutput(path), "standard output");
    } else {
      say(toFile(path, ConfigurationOptions.path(file)), file);
    }
    return Exit.OK;
  }

  private void refuseTerminal() {
    if (shell.out().isTerminal()) {
      throw Failure.usage("an export is not for a terminal; name a file, or use a pipe");
    }
  }

  private Counts toFile(Path path, Path file) throws IOException {
    try (ExportFile out = ExportFile.create(file, isForced)) {
      Counts counts = write(path, out.stream());
      out.finish();
      return counts;
    }
  }

  private Counts toOutput(Path path) throws IOException {
    try (OutputStream out = new BufferedOutputStream(shell.out().asStream(), PIECE)) {
      return write(path, out);
    }
  }

  private Counts write(Path path, OutputStream out) throws IOException {
    try (RestingJournal journal = RestingJournal.open(path);
        Bar bar = Bar.of(shell)) {
      journal.torn().ifPresent(torn -> shell.err().println("baozi: " + torn));
      return isSalvage
          ? Export.salvage(journal, out, Instant.now(), what -> skip(bar, what), bar)
          : Export.write(journal, out, Instant.now(), bar);
    }
  }

  private void skip(Bar bar, String what) {
    skipped++;
    if (skipped <= MOST_SHOWN) {
      bar.clear();
      shell.err().println("baozi: " + what);
    }
  }

  private void say(Counts counts, String file) {
    if (skipped > MOST_SHOWN) {
      shell.err().println("baozi: ... and " + (skipped - MOST_SHOWN) + " more");
    }
    Object said = common.isJson() ? DataCounts.json(counts, file) : DataCounts.text(counts, file);
    if (file.equals("standard output")) {
      shell.err().println(said);
    } else {
      shell.out().line(said);
    }
  }
}
