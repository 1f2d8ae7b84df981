package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
            false,
            Map.of(),
            null);
    return all(Cli.commands(null, "1", shell));
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

  @Test
  void help_ofAll_listsEveryCommandByWhatItIsAbout() {
    String help = CommandRun.run("help").out();
    assertThat(help)
        .containsSubsequence(
            "\nMessages:\n",
            "\nQueues:\n",
            "\nCoordination:\n",
            "\nFiles and pipes:\n",
            "\nServer:\n");
    assertThat(commands().map(CommandLine::getCommandSpec).filter(UsageTest::isBelowRoot))
        .allMatch(command -> help.contains("\n  " + command.name() + " "));
  }

  private static boolean isBelowRoot(CommandLine.Model.CommandSpec command) {
    return command.parent() != null && command.parent().name().equals("baozi");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "help put | put",
        "help config | config",
        "help config show | config show",
        "help help | help",
        "help | [",
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
        "data | data what: verify, dump, compact, export or import",
        "data export | missing required parameter: '[DIR] FILE'; see `baozi data export --help`",
        "data export a b c | what is 'c'; there is one DIR and one FILE",
        "data import | missing required parameter: 'FILE'; see `baozi data import --help`",
        "tke | what is 'tke'; did you mean take; see `baozi --help`",
        "help tke | unknown subcommand 'tke'; see `baozi --help`",
        "help config tke | unknown subcommand 'tke'; see `baozi config --help`",
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
        "take q --ttr 0 | --ttr is 0, allowed are 1ms to 7d",
        "put q a --delay forever | --delay is forever, allowed are 0 to 365d",
        "put q a --ttl forever | --ttl is forever, allowed are 0 to 365d",
        "put q --lines --key k | --key and --lines: a key is one message's",
        "work q | the command is missing; write it behind --, as in `work QUEUE -- ./bake`",
        "work -- cat | the queue is missing; write it before --, as in `work QUEUE -- ./bake`",
        "work q -n 0 -- cat | --concurrency is 0, allowed are 1 to 1000",
        "work q --count 0 -- cat | --count is 0, allowed is 1 or more",
        "work q --dead-exit 0 -- cat | --dead-exit is 0, allowed are 1 to 255",
        "work q --delay forever -- cat | --delay is forever, allowed are 0 to 365d",
        "work q --ttr 8d -- cat | --ttr is 8d, allowed are 1ms to 7d",
        "work q -- no-such-program | there is no program 'no-such-program' on the PATH",
        "work q -- /no/such --output json | there is no program /no/such",
        "peek q --state x | --state: 'x' is no state; allowed are ready, delayed, reserved and dead;"
            + " see `baozi peek --help`",
        "peek q -n 0 | --count is 0, allowed is 1 or more",
        "peek q --after 0 | --after is 0, allowed is 1 or more",
        "nack q --dead --delay 1s | --delay and --dead: a dead message does not come again",
        "nack q -n 0 | --count is 0, allowed are 1 to 2147483647",
        "redrive q 1 --max 1 | MSG and --max: the messages are named, or counted",
        "redrive q 0 | MSG is 0, allowed is 1 or more",
        "redrive q --max 0 | --max is 0, allowed are 1 to 2147483647",
        "declare q --order x | --order: 'x' is no order; allowed are fifo, lifo and priority; see"
            + " `baozi declare --help`",
        "declare q --capacity 0 | --capacity is 0, allowed are 1 to 100000000",
        "declare q --attempts -1 | --attempts is -1, allowed are 0 to 1000000",
        "declare q --backoff 2h | --backoff is 2h, allowed are 0 to 1h",
        "declare q --ttr 0.5ms | --ttr is 0.5ms, allowed are 1ms to 7d",
        "declare q --ttl forever | --ttl is forever, allowed are 0 to 365d",
        "declare q --dedup 8d | --dedup is 8d, allowed are 0 to 7d",
        "declare q --durable --no-durable | --durable and --no-durable: it is one or the other",
        "top -i 1ms | --interval is 1ms, allowed are 10ms to 365d",
        "top -n -1 | --count is -1, allowed is 0 or more",
        "top --sort x | --sort is 'x', allowed are queue, ready, delayed, reserved, dead, put, take,"
            + " ack, oldest, bytes, waiting, consumers, order",
        "ping --port 0 | --port is '0', to connect to a port takes 1 to 65535",
        "ping --byte-order up | --byte-order is 'up', allowed are big and little",
        "ping --timeout 0 | --timeout is 0, allowed are 1ms to 1d",
        "udp a --timeout 25d | --timeout is 25d, allowed are 1ms to 24d",
        "ping --timeout 366d | --timeout: '366d' is too long; the longest is 365d, or forever for a"
            + " wait; see `baozi ping --help`",
        "ping --output xml | --output: 'xml' is no format; allowed are text and json; see `baozi"
            + " ping --help`",
        "ping -c -1 | --count is -1, allowed is 0 or more",
        "lock a | the command is missing; write it behind --, as in `lock deploy -- ./bake`",
        "lock -- cat | the name is missing; write it before --, as in `lock deploy -- ./bake`",
        "lock a cat -- x | what is 'cat'; the command stands behind --, as in `lock deploy --"
            + " ./bake`",
        "lock a -c ls -- cat | --command and a command behind --: it is one or the other",
        "lock a --fail --wait 1s -- cat | --fail and --wait: it waits or it does not",
        "lock a -E 256 -- cat | --conflict-exit-code is 256, allowed are 0 to 255",
        "lock a --lease 0 -- cat | --lease is 0, allowed are 1ms to 365d",
        "lock a --grace 0 -- cat | --grace is 0, allowed are 1ms to 365d",
        "lock a --kill-after forever -- cat | --kill-after is forever, allowed are 0 to 365d",
        "sem a | the command is missing; write it behind --, as in `sem ovens -- ./bake`",
        "sem a --limit 0 -- cat | --limit is 0, allowed are 1 to 1000000",
        "sem a --limit 2 --permits 3 -- cat | --permits is 3, allowed are 1 to 2",
        "event | event what: set, clear, get or wait",
        "latch | latch what: create, countdown, await or delete",
        "latch create a -1 | COUNT is -1, allowed are 0 to 9007199254740991",
        "latch countdown a --by 0 | --by is 0, allowed are 1 to 9007199254740991",
        "barrier a | missing required option: '--parties=N'; see `baozi barrier --help`",
        "barrier a --parties 0 | --parties is 0, allowed are 1 to 1000000",
        "locks a --graph | NAME and --graph: a graph is of all, since waits lead anywhere",
        "cp a | where to is missing; write baozi:NAME for a file on the server",
        "cp a b | neither a nor b is on the server; write baozi:NAME for what is",
        "cp - - | neither - nor - is on the server; write baozi:NAME for what is",
        "cp - baozi:a/ | standard input has no name to have in baozi:a/; write baozi:a/NAME",
        "cp a b baozi:c | several sources need a directory as target; baozi:c/ is one",
        "cp baozi:a baozi:b no-such | several sources need a directory as target; there is no directory"
            + " no-such",
        "cp -r baozi:a/ - | -r and -: standard output is no directory",
        "cp a baozi:b --patience 0 | --patience is 0, allowed are 1ms to 365d",
        "cp a baozi:b --progress --no-progress | --progress and --no-progress: it is one or the other",
        "ls -l --sha256 | -l and --sha256: a line is the one or the other",
        "rm a/ | 'a/' is a folder; -r deletes it with all that is in it",
        "rm -r a/ | what is dropped is gone, and nobody is here to ask; --yes does it",
        "pipe a --send --receive | --send and --receive: without either it does both",
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
