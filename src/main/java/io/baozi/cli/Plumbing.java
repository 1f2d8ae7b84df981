package io.baozi.cli;

import io.baozi.client.Message;
import io.baozi.process.CommandProcess;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/**
 * Where the output of programs goes: a single one at a terminal has it for itself; else what they
 * write passes through here, so that a reader that is gone is noticed, and in whole lines if
 * several run at once.
 */
final class Plumbing {
  private final boolean isSingle;
  private final Shell shell;
  private final Confluence out;
  private final Confluence err;

  Plumbing(Shell shell, int programs) {
    this.isSingle = programs == 1;
    this.shell = shell;
    this.out = new Confluence(shell.out()::write);
    this.err = new Confluence((bytes, length) -> shell.err().write(bytes, 0, length));
  }

  /** Starts a program for a message. */
  CommandProcess start(Program program, Message message) throws IOException {
    ProcessBuilder process = program.process(message);
    if (isSingle && shell.out().isTerminal()) {
      process.redirectOutput(Redirect.INHERIT);
    }
    if (isSingle && shell.isWatched()) {
      process.redirectError(Redirect.INHERIT);
    }
    return CommandProcess.start(process, message.body(), reader(out), reader(err));
  }

  private CommandProcess.Reader reader(Confluence confluence) {
    return isSingle ? confluence::bytes : confluence::lines;
  }
}
