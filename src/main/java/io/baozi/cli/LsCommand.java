package io.baozi.cli;

import io.baozi.client.FileEntry;
import io.baozi.client.FileStat;
import io.baozi.client.FileStore;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files on the server. */
@Command(
    name = "ls",
    description = "Print the names of the files on the server, or more about them.",
    footer = {
      "",
      "All whose names begin with PREFIX, in order; with baozi: before it or without. If there is",
      "none it exits with 1; but if an upload of just that name was cut short, it says how much of",
      "it has come. As JSON it is an object a file: name, length in bytes, modified in milliseconds",
      "since 1970.",
      "",
      "Examples:",
      "  baozi ls",
      "  baozi ls -l reports/",
      "  baozi ls --sha256 reports/ | sha256sum -c      after cp -r baozi:reports/ reports",
      "  baozi ls --output json | jq 'select(.length > 1e9) | .name'"
    })
final class LsCommand extends ClientCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "PREFIX",
      description = "What their names begin with (default: all).")
  private String prefix = "";

  @Option(
      names = {"-l", "--long"},
      description = "Length in bytes and time of each, too.")
  private boolean isLong;

  @Option(names = "--sha256", description = "Checksum and name of each, for sha256sum -c.")
  private boolean isSummed;

  LsCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    prefix = Spot.name(prefix);
    if (isLong && isSummed && !isJson()) {
      throw Failure.usage("-l and --sha256: a line is the one or the other");
    }
  }

  @Override
  int run(Session session) {
    FileStore files = session.client().files();
    List<FileEntry> entries = session.await(files.list(prefix));
    if (entries.isEmpty() && !prefix.isEmpty()) {
      tellUnfinished(session, files);
    }
    FileList list = new FileList(session, style(), entries);
    for (FileEntry entry : entries) {
      shell().out().line(isJson() ? list.json(entry) : list.line(entry));
    }
    return Exit.OK;
  }

  private FileList.Style style() {
    if (isSummed) {
      return FileList.Style.SUMS;
    }
    return isLong ? FileList.Style.LONG : FileList.Style.NAMES;
  }

  private void tellUnfinished(Session session, FileStore files) {
    FileStat stat = prefix.endsWith("/") ? null : stat(session, files);
    if (stat == null) {
      throw new Failure("not_found", "no file's name begins with '" + prefix + "'", Exit.FAILED);
    }
    if (isJson()) {
      shell().out().line(FileList.json(stat));
    } else {
      note(
          "the upload of %s is unfinished, %s of it have come"
              .formatted(prefix, Units.bytes(stat.received())));
    }
  }

  /** What the server has under just this name; null if that is nothing. */
  private FileStat stat(Session session, FileStore files) {
    try {
      return session.await(files.stat(prefix));
    } catch (Failure failure) {
      if (failure.error().equals("not_found")) {
        return null;
      }
      throw failure;
    }
  }
}
