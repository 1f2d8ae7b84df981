package io.baozi.cli;

import io.baozi.data.Problem;
import io.baozi.data.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whether a data directory is sound. */
@Command(
    name = "verify",
    description = "Check all that a data directory holds, and name everything that is damaged.",
    footer = {
      "",
      "Reads the log, all checksums and all rows; changes nothing. Exits with 1 if anything is",
      "damaged. What a crash has torn at the end of the log is no damage: the next start drops it.",
      "Files that clients have put (in files) are not looked at.",
      "",
      "Examples:",
      "  baozi data verify",
      "  baozi data verify /var/lib/baozi --output json"
    })
final class DataVerifyCommand implements Callable<Integer> {
  private final Shell shell;
  private final Set<String> remedies = new LinkedHashSet<>();

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The data directory (default: BAOZI_DATA_DIR, or data).")
  private String directory;

  DataVerifyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Path path = DataPlace.of(directory, shell.environment());
    Verification.Report report;
    try (Bar bar = Bar.of(shell)) {
      report = Verification.run(path, problem -> say(problem, bar), bar);
    }
    say(path, report);
    if (report.problems() > 0) {
      throw new Failure("damaged", sentence(path, report), Exit.FAILED);
    }
    return Exit.OK;
  }

  private void say(Problem problem, Bar bar) {
    bar.clear();
    if (common.isJson()) {
      shell.out().line(JsonLine.of(problem));
    } else {
      shell.out().line("damaged: " + problem.place() + ": " + problem.what());
      remedies.add(problem.remedy());
    }
  }

  private void say(Path path, Verification.Report report) {
    if (common.isJson()) {
      shell.out().line(new JsonLine().with("dir", path.toString()).with(JsonLine.of(report)));
      return;
    }
    String kept =
        "%s: %s, %s, %s in bodies, %s"
            .formatted(
                path,
                Counts.of(report.queues(), "queue"),
                Progress.messages(report.messages()),
                Units.bytes(report.bytes()),
                Counts.of(report.keys(), "key"));
    shell.out().line(kept + (report.problems() == 0 ? "; sound" : ""));
    remedies.forEach(remedy -> shell.out().line("what to do: " + remedy));
    if (report.torn() > 0) {
      shell
          .out()
          .line(
              "the last write was torn by a crash: the next start drops "
                  + Counts.of(report.torn(), "byte")
                  + ", which were never acknowledged as synced");
    }
  }

  private static String sentence(Path path, Verification.Report report) {
    return path + " is damaged: " + Counts.of(report.problems(), "problem");
  }
}
