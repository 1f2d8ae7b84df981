package io.baozi.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** The yes of a person, or of {@code --yes}, to what cannot be undone. */
final class Confirmation {
  private static final Set<String> YES = Set.of("y", "yes");

  @Option(
      names = {"-y", "--yes"},
      description = "Do it without asking; has to be given where there is no terminal.")
  private boolean isGiven;

  /** Refuses to begin where nobody can be asked. */
  void check(Shell shell) {
    if (!isGiven && !shell.isInteractive()) {
      throw Failure.usage("what is dropped is gone, and nobody is here to ask; --yes does it");
    }
  }

  boolean isGiven() {
    return isGiven;
  }

  /** Asks; fails if the answer is not yes. */
  void ask(Shell shell, String question) {
    shell.err().print("baozi: " + question + " [y/N] ");
    shell.err().flush();
    if (!YES.contains(answer(shell).strip().toLowerCase(Locale.ROOT))) {
      throw new Failure("declined", "nothing was dropped", Exit.FAILED);
    }
  }

  private static String answer(Shell shell) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int b = shell.in().read(); b >= 0 && b != '\n'; b = shell.in().read()) {
        line.write(b);
      }
    } catch (IOException e) {
      throw Failure.input("cannot read the answer: " + e.getMessage());
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
