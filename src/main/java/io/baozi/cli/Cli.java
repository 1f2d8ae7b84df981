package io.baozi.cli;

import io.baozi.client.PeekOptions;
import io.baozi.client.QueueOrder;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command line: gives its exit code, and leaves the end of the process to its caller. */
public final class Cli {
  private static final int WIDTH = 100;

  private Cli() {}

  /**
   * Runs a command in this process, on its streams and its environment.
   *
   * @param serving what {@code serve} does; loaded by nothing else
   * @param version of Baozi
   * @return the exit code: 0 done, 1 refused or failed, 2 wrong usage or configuration, 124 a wait
   *     ran out, 130 interrupted, 141 nobody reads the output
   */
  public static int run(String[] args, Serving serving, String version) {
    return run(RawArguments.restored(args), serving, version, Shell.ofProcess());
  }

  static int run(String[] args, Serving serving, String version, Shell shell) {
    Errors errors = new Errors(shell.err(), args);
    try {
      return commands(serving, version, shell)
          .setParameterExceptionHandler((wrong, a) -> errors.say(wrong))
          .setExecutionExceptionHandler((thrown, command, parsed) -> errors.say(thrown))
          .execute(args);
    } catch (Error e) {
      return errors.say(e);
    } finally {
      shell.interruption().end();
    }
  }

  /** All commands. */
  static CommandLine commands(Serving serving, String version, Shell shell) {
    PrintWriter out = new PrintWriter(shell.out().asWriter(), true);
    VersionCommand versions = new VersionCommand(shell, version);
    CommandLine commands =
        new CommandLine(new Root(versions))
            .addSubcommand(new PutCommand(shell))
            .addSubcommand(new TakeCommand(shell))
            .addSubcommand(new WorkCommand(shell))
            .addSubcommand(new PeekCommand(shell))
            .addSubcommand(new NackCommand(shell))
            .addSubcommand(new RedriveCommand(shell))
            .addSubcommand(new DeclareCommand(shell))
            .addSubcommand(new StatsCommand(shell))
            .addSubcommand(new TopCommand(shell))
            .addSubcommand(new JoinCommand(shell))
            .addSubcommand(new PauseCommand(shell))
            .addSubcommand(new ResumeCommand(shell))
            .addSubcommand(new PurgeCommand(shell))
            .addSubcommand(new DeleteCommand(shell))
            .addSubcommand(new LockCommand(shell))
            .addSubcommand(new SemCommand(shell))
            .addSubcommand(
                new CommandLine(new EventCommand())
                    .addSubcommand(new EventSetCommand(shell))
                    .addSubcommand(new EventClearCommand(shell))
                    .addSubcommand(new EventGetCommand(shell))
                    .addSubcommand(new EventWaitCommand(shell)))
            .addSubcommand(
                new CommandLine(new LatchCommand())
                    .addSubcommand(new LatchCreateCommand(shell))
                    .addSubcommand(new LatchCountdownCommand(shell))
                    .addSubcommand(new LatchAwaitCommand(shell))
                    .addSubcommand(new LatchDeleteCommand(shell)))
            .addSubcommand(new BarrierCommand(shell))
            .addSubcommand(new LocksCommand(shell))
            .addSubcommand(new CpCommand(shell))
            .addSubcommand(new LsCommand(shell))
            .addSubcommand(new RmCommand(shell))
            .addSubcommand(new PipeCommand(shell))
            .addSubcommand(new ServeCommand(shell, serving, version))
            .addSubcommand(new PingCommand(shell))
            .addSubcommand(new EchoCommand(shell))
            .addSubcommand(new UdpCommand(shell))
            .addSubcommand(
                new CommandLine(new ConfigCommand())
                    .addSubcommand(new CheckCommand(shell, serving))
                    .addSubcommand(new ShowCommand(shell)))
            .addSubcommand(
                new CommandLine(new DataCommand())
                    .addSubcommand(new DataVerifyCommand(shell))
                    .addSubcommand(new DataDumpCommand(shell))
                    .addSubcommand(new DataCompactCommand(shell))
                    .addSubcommand(new DataExportCommand(shell))
                    .addSubcommand(new DataImportCommand(shell)))
            .addSubcommand(versions)
            .addSubcommand(new HelpCommand())
            .setUsageHelpWidth(WIDTH)
            .setExpandAtFiles(false)
            .registerConverter(Duration.class, Durations::parse)
            .registerConverter(Format.class, Format::of)
            .registerConverter(QueueOrder.class, DeclareCommand::order)
            .registerConverter(PeekOptions.State.class, PeekCommand::state)
            .registerConverter(Integer.class, Cli::integer)
            .registerConverter(int.class, Cli::integer)
            .registerConverter(Long.class, Cli::longInteger)
            .registerConverter(long.class, Cli::longInteger)
            .setOut(out);
    unsorted(commands);
    commands.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandList());
    commands.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    return commands;
  }

  /** Shows options in the order in which they are declared: a command's own come first. */
  private static void unsorted(CommandLine command) {
    command.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false);
    command.getSubcommands().values().forEach(Cli::unsorted);
  }

  private static Integer integer(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw Failure.usage("'" + text + "' is not an integer");
    }
  }

  private static Long longInteger(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw Failure.usage("'" + text + "' is not an integer");
    }
  }
}
