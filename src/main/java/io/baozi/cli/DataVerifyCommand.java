package io.baozi.cli;

import io.baozi.data.Counts;
import io.baozi.data.Verification;
import io.baozi.journal.JournalException;
import io.baozi.journal.RestingJournal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whether a data directory is sound. */
@Command(
    name = "verify",
    description = "Check a data directory: its files, every checksum, every row and body.",
    footer = {
      "",
      "Nothing in it is changed. Exits with 0 if it is sound, with 1 if it is damaged, or cannot be",
      "looked at since a server uses it. What a crash has torn at the very end of the log is no",
      "damage: it was never answered, and the next start drops it.",
      "",
      "Examples:",
      "  baozi data verify",
      "  baozi data verify /var/lib/baozi --output json"
    })
final class DataVerifyCommand implements Callable<Integer> {
  private static final long MOST_SHOWN = 100;

  private final Shell shell;
  private long shown;

  @Mixin private DataDirectoryOption directory;
  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "DIR", arity = "0..1", description = "The data directory.")
  private String dir;

  DataVerifyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws JournalException {
    try (RestingJournal journal = RestingJournal.open(directory.path(dir, shell.environment()));
        Bar bar = Bar.of(shell)) {
      Verification.Finding finding = Verification.of(journal, what -> problem(bar, what), bar);
      bar.end();
      say(journal, finding);
      return finding.isSound() ? Exit.OK : Exit.FAILED;
    }
  }

  private void problem(Bar bar, String what) {
    shown++;
    if (shown <= MOST_SHOWN) {
      bar.clear();
      shell.out().line(common.isJson() ? new JsonLine().with("problem", what) : "damaged: " + what);
    }
  }

  private void say(RestingJournal journal, Verification.Finding finding) throws JournalException {
    if (common.isJson()) {
      json(journal, finding);
      return;
    }
    if (shown > MOST_SHOWN) {
      shell.out().line("... and " + (shown - MOST_SHOWN) + " problems more");
    }
    journal.torn().ifPresent(torn -> shell.out().line("torn: " + torn));
    Counts counts = finding.counts();
    String verdict =
        finding.isSound() ? "sound" : "DAMAGED, " + DataCounts.count(finding.problems(), "problem");
    shell.out().line(journal.directory() + ": " + verdict);
    shell
        .out()
        .line(
            "  %s, %s (%d dead, %s of bodies), %s; %s, %s"
                .formatted(
                    DataCounts.count(counts.queues(), "queue"),
                    DataCounts.count(counts.messages(), "message"),
                    counts.dead(),
                    Units.bytes(counts.bytes()),
                    DataCounts.count(counts.keys(), "key"),
                    DataCounts.count(finding.tables(), "table"),
                    Units.bytes(journal.size())));
    if (!finding.isSound()) {
      shell.out().line("  Restore it from a copy, or save what can be read:");
      shell.out().line("  baozi data export --salvage " + journal.directory() + " saved.baozi");
    }
  }

  private void json(RestingJournal journal, Verification.Finding finding) throws JournalException {
    Counts counts = finding.counts();
    shell
        .out()
        .line(
            new JsonLine()
                .with("dir", journal.directory().toString())
                .with("sound", finding.isSound())
                .with("problems", finding.problems())
                .with("torn", journal.torn().orElse(null))
                .with("queues", counts.queues())
                .with("messages", counts.messages())
                .with("dead", counts.dead())
                .with("bytes", counts.bytes())
                .with("keys", counts.keys())
                .with("tables", finding.tables())
                .with("size", journal.size()));
  }
}
