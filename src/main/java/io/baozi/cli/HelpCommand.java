package io.baozi.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The help of any command, also of one under another. */
@Command(
    name = "help",
    description = "Show what a command can do; without COMMAND, which commands there are.",
    helpCommand = true,
    footer = {"", "Examples:", "  baozi help put", "  baozi help config show"})
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin CommonOptions common;

  @Parameters(paramLabel = "COMMAND", description = "The command, and what it is told to do.")
  private List<String> words = List.of();

  @Override
  public Integer call() {
    CommandLine command = spec.parent().commandLine();
    for (String word : words) {
      command = under(command, word);
    }
    command.usage(command.getOut());
    return Exit.OK;
  }

  private static CommandLine under(CommandLine command, String word) {
    CommandLine under = command.getSubcommands().get(word);
    if (under == null) {
      throw new ParameterException(command, "Unknown subcommand '" + word + "'.");
    }
    return under;
  }
}
