package io.baozi.cli;

import io.baozi.data.Dump;
import io.baozi.journal.JournalException;
import io.baozi.journal.RestingJournal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a data directory holds. */
@Command(
    name = "dump",
    description = "Print what a data directory holds, one JSON object a line.",
    footer = {
      "",
      "Each line has a kind: counter, queue, message or key. Nothing is changed.",
      "",
      "Examples:",
      "  baozi data dump | grep '\"state\":\"dead\"'",
      "  baozi data dump /var/lib/baozi --queue orders --bodies"
    })
final class DataDumpCommand implements Callable<Integer> {
  private static final int PIECE = 1 << 16;

  private final Shell shell;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

  @Option(names = "--queue", paramLabel = "NAME", description = "Only what is of this queue.")
  private String queue;

  @Option(
      names = "--bodies",
      description = "The bodies too: as body if they are UTF-8, or else as base64.")
  private boolean withBodies;

  @Mixin private DataDirectoryOption directory;
  @Mixin CommonOptions common;

  @Parameters(paramLabel = "DIR", arity = "0..1", description = "The data directory.")
  private String dir;

  DataDumpCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws JournalException {
    try (RestingJournal journal = RestingJournal.open(directory.path(dir, shell.environment()))) {
      journal.torn().ifPresent(torn -> shell.err().println("baozi: " + torn));
      boolean there =
          new Dump(journal, queue, withBodies, System.currentTimeMillis(), this::line).run();
      flush();
      if (!there) {
        throw new Failure("not_found", "there is no queue '" + queue + "'", Exit.FAILED);
      }
      return Exit.OK;
    }
  }

  private void line(String text) {
    lines.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
    if (lines.size() >= PIECE) {
      flush();
    }
  }

  private void flush() {
    shell.out().write(lines.toByteArray());
    lines.reset();
  }
}
