package io.baozi.cli;

import io.baozi.config.ConfigException;
import io.baozi.message.DeadlockException;
import io.baozi.message.Shown;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on standard error why a command failed, in one line, and gives the exit code. */
final class Errors {
  private final PrintStream err;
  private final Format format;
  private final boolean isVerbose;

  /** Errors as the command line asks for them, even one that is wrong elsewhere. */
  Errors(PrintStream err, String... args) {
    this.err = err;
    this.format = Format.in(args);
    this.isVerbose = CommandWords.before(args).contains("--verbose");
  }

  /** Errors as the options of a command ask for them. */
  Errors(PrintStream err, CommonOptions options) {
    this.err = err;
    this.format = options.format;
    this.isVerbose = options.isVerbose;
  }

  /** What went wrong in running a command. */
  int say(Throwable thrown) {
    if (thrown instanceof OutputException output && output.isBrokenPipe()) {
      return Exit.BROKEN_PIPE;
    }
    Failure failure = failure(thrown);
    List<DeadlockException.Link> cycle =
        failure.getCause() instanceof DeadlockException deadlock ? deadlock.cycle() : null;
    print(failure.error(), failure.getMessage(), cycle);
    if (isVerbose) {
      thrown.printStackTrace(err);
    }
    return failure.exit();
  }

  private static Failure failure(Throwable thrown) {
    if (thrown instanceof Failure failure) {
      return failure;
    }
    if (thrown instanceof ConfigException) {
      return new Failure("config", thrown.getMessage(), Exit.USAGE, thrown);
    }
    if (thrown instanceof OutputException) {
      return new Failure("output", thrown.getMessage(), Exit.FAILED, thrown);
    }
    if (thrown instanceof OutOfMemoryError) {
      return new Failure("internal", "out of memory; java -Xmx gives more", Exit.FAILED, thrown);
    }
    String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    return new Failure("failed", message, Exit.FAILED, thrown);
  }

  /** What is wrong on the command line. */
  int say(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    print("usage", sentence(wrong) + "; see `" + name + " --help`", null);
    return Exit.USAGE;
  }

  private static String sentence(ParameterException wrong) {
    if (wrong.getCause() instanceof Failure failure && wrong.getArgSpec() != null) {
      return name(wrong) + ": " + failure.getMessage();
    }
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched);
    }
    String message =
        wrong.getMessage().lines().findFirst().orElse("wrong usage").replaceFirst("\\.$", "");
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static String name(ParameterException wrong) {
    return wrong.getArgSpec().isOption()
        ? ((CommandLine.Model.OptionSpec) wrong.getArgSpec()).longestName()
        : wrong.getArgSpec().paramLabel();
  }

  private static String unknown(UnmatchedArgumentException wrong) {
    String argument = wrong.getUnmatched().get(0);
    String what =
        wrong.isUnknownOption() ? "there is no option " + argument : "what is '" + argument + "'";
    List<String> near = wrong.getSuggestions();
    return near.isEmpty()
        ? what
        : what + "; did you mean " + near.stream().limit(3).collect(Collectors.joining(" or "));
  }

  /**
   * @param cycle of waits that is the cause, null if there is none
   */
  private void print(String error, String message, List<DeadlockException.Link> cycle) {
    if (format == Format.JSON) {
      err.println(
          new JsonLine().with("error", error).with("message", message).with("cycle", cycle));
      return;
    }
    err.println("baozi: " + message);
    if (cycle != null) {
      cycle.forEach(link -> err.println("  " + sentence(link)));
    }
  }

  private static String sentence(DeadlockException.Link link) {
    return "%s holds %s and waits for %s"
        .formatted(
            new Owner(link.session(), link.owner()),
            Shown.text(String.valueOf(link.holds())),
            Shown.text(String.valueOf(link.waits())));
  }
}
