package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Help, and what is said of a command line that is wrong. */
class UsageTest {
  private static Stream<CommandLine> commands() {
    var shell =
        new Shell(
            null,
            new Output(OutputStream.nullOutputStream(), false),
            System.err,
            false,
            Map.of(),
            null);
    return all(Cli.commands(null, "1", shell)).filter(c -> !c.getCommandName().equals("help"));
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command), command.getSubcommands().values().stream().flatMap(UsageTest::all));
  }

  private static String[] words(CommandLine command, String last) {
    List<String> words =
        new ArrayList<>(List.of(command.getCommandSpec().qualifiedName().split(" ")));
    words.remove(0);
    words.add(last);
    return words.toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_anyCommand_namesEveryOptionWithinTheWidth(CommandLine command) {
    CommandRun.Result help = CommandRun.run(words(command, "--help"));
    assertThat(help.exit()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(help.out()).contains("Example");
    assertThat(help.out())
        .contains(
            command.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .collect(Collectors.toList()));
    assertThat(command.getCommandSpec().options())
        .allMatch(option -> option.description().length > 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "help put | put",
        "help config | config",
      })
  void help_asACommand_isThatOfTheCommand(String args, String command) {
    assertThat(CommandRun.run(args.split(" ")))
        .satisfies(
            help -> {
              assertThat(help.exit()).isZero();
              assertThat(help.out()).startsWith("Usage: baozi " + command);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--verbos | there is no option --verbos; did you mean --version or --verbose; see `baozi --help`",
        "config | config what: check or show",
        "tke | what is 'tke'; did you mean take; see `baozi --help`",
        "help tke | unknown subcommand 'tke'; see `baozi --help`",
        "put | missing required parameter: 'QUEUE'; see `baozi put --help`",
        "put q | what to put is one of BODY, --file FILE and --lines [FILE]",
        "put q a --lines | what to put is one of BODY, --file FILE and --lines [FILE]",
        "put q a b | what is 'b'; see `baozi put --help`",
        "put q a --headers 1 | --headers is no JSON object; write one such as {\"kind\":\"order\"}",
        "put q a --headers {x | --headers is no JSON: Unexpected character ('x' (code 120)): was"
            + " expecting double-quote to start field name",
        "put q a --wait 5 | --wait: '5' is not a duration; write 500ms, 2s, 1m, 1h or 1d, with its"
            + " unit; see `baozi put --help`",
        "take q -n 0 | --count is 0, allowed is 1 or more; --follow has no end",
        "take q -n x | --count: 'x' is not an integer; see `baozi take --help`",
        "take q --max-batch 0 | --max-batch is 0, allowed are 1 to 1000000",
        "take q --follow --wait 1s | --follow has no end, so it goes with neither --until-empty nor"
            + " --wait",
        "take q --ttr 0 | --ttr is out of range, allowed are 1ms to 7d",
        "ping --port 0 | --port is '0', to connect to a port takes 1 to 65535",
        "ping --byte-order up | --byte-order is 'up', allowed are big and little",
        "ping --timeout 0 | --timeout is out of range; allowed are 1ms to 1d",
        "ping --timeout 366d | --timeout: '366d' is too long; the longest is 365d, or forever for a"
            + " wait; see `baozi ping --help`",
        "ping --output xml | --output: 'xml' is no format; allowed are text and json; see `baozi"
            + " ping --help`",
        "ping -c -1 | --count is -1, allowed is 0 or more",
        "udp a --empty | --empty and TEXT: a datagram is one or the other",
      })
  void run_wrongUsage_saysInALineWhatWouldBeRight(String args, String message) {
    CommandRun.Result result = CommandRun.run(args.split(" "));
    assertThat(result.err()).isEqualTo("baozi: " + message + "\n");
    assertThat(result.out()).isEmpty();
    assertThat(result.exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"--output=json", "--output json"})
  void run_wrongUsageAsJson_isAnObject(String option) {
    assertThat(CommandRun.run(("put " + option).split(" ")).err())
        .isEqualTo(
            "{\"error\":\"usage\",\"message\":\"missing required parameter: 'QUEUE'; see `baozi put"
                + " --help`\"}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "BAOZI_SERVER_PORT, x",
    "BAOZI_SERVER_PORT, 0",
    "baozi_server_port, 0",
    "BAOZI_SERVER_BYTE_ORDER, up",
    "BAOZI_SERVER_BYTEORDER, up",
  })
  void run_wrongVariable_namesIt(String variable, String value) {
    CommandRun.Result result = new CommandRun().with(variable, value).of("ping");
    assertThat(result.err()).startsWith("baozi: " + variable + " is '" + value + "', ");
    assertThat(result.exit()).isEqualTo(2);
  }
}
