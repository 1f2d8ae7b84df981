package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.client.PutOptions;
import io.baozi.client.QueueDeclaration;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command for each message, on a real server and on one that misbehaves. */
@Timeout(60)
class WorkCommandTest extends RealServerFixture {
  /** Says that it runs, and does so until the gate is opened. */
  private static final String WAIT = "read x; echo run $x; cat gate.$x; echo end $x";

  @TempDir Path dir;

  private Path gate;

  @BeforeEach
  void makeGate() throws Exception {
    gate = dir.resolve("gate");
    Process made = new ProcessBuilder("mkfifo", gate + ".a", gate + ".b", gate + ".c").start();
    assertThat(made.waitFor()).isZero();
  }

  /** Lets the command end that has this message, once it waits for it. */
  private void openGate(String body) throws IOException {
    Files.newOutputStream(dir.resolve("gate." + body)).close();
  }

  private static void put(String queue, String... bodies) throws Exception {
    for (String body : bodies) {
      RealServer.await(server.client().queue(queue).put(Buffer.buffer(body)));
    }
  }

  /** The arguments of work with this script as its command. */
  private String[] args(String arguments, String script) {
    List<String> args = new ArrayList<>(List.of("work"));
    args.addAll(List.of(arguments.split(" ")));
    args.addAll(List.of("--", "sh", "-c", script.replace("gate", gate.toString())));
    return args.toArray(String[]::new);
  }

  private CommandRun.Result work(String arguments, String script) {
    return server.run().of(args(arguments, script));
  }

  private CompletableFuture<CommandRun.Result> begin(
      CommandRun run, String arguments, String script) {
    String[] args = args(arguments, script);
    return CompletableFuture.supplyAsync(() -> run.of(args));
  }

  private static void awaitWaitingTakes(String queue, int count) throws Exception {
    while (RealServer.await(server.client().queues()).stream()
        .noneMatch(stats -> stats.queue().equals(queue) && stats.waitingTakes() == count)) {
      Thread.onSpinWait();
    }
  }

  private static void awaitReserved(String queue, int count) throws Exception {
    var stats = server.stats(queue);
    while (stats.reserved() != count) {
      stats = server.stats(queue);
    }
  }

  @Test
  void work_message_isInTheStandardInputAndTheEnvironment() throws Exception {
    PutOptions options = PutOptions.DEFAULT.withHeaders(Json.of(Map.of("kind", "包")));
    var receipt =
        RealServer.await(server.client().queue("env").put(Buffer.buffer("a\nb"), options));
    put("env", "c");
    CommandRun.Result result =
        work(
            "env --until-empty --wait 0",
            "cat; echo \" $BAOZI_QUEUE $BAOZI_MSG $BAOZI_ATTEMPT ${BAOZI_HEADERS-none}\"");
    assertThat(result.out())
        .isEqualTo(
            "a\nb env %d 1 {\"kind\":\"\\u5305\"}\nc env %d 1 none\n"
                .formatted(receipt.msg(), receipt.msg() + 1));
    assertThat(result.err()).isEqualTo("baozi: 2 messages done\n");
    assertThat(result.exit()).isZero();
    assertThat(server.stats("env").acks()).isEqualTo(2);
  }

  @Test
  void work_exitCode_decidesOnTheMessage() throws Exception {
    put("codes", "0", "3", "65");
    CommandRun.Result result = work("codes --count 3 --delay 1h --dead-exit 65", "read x; exit $x");
    assertThat(result.err())
        .matches(
            """
            baozi: message \\d+ of codes: exit code 3, attempt 1, given back
            baozi: message \\d+ of codes: exit code 65, attempt 1, dead, among the dead of codes
            baozi: 1 message done, 1 given back, 1 dead
            """);
    assertThat(result.exit()).isZero();
    assertThat(server.stats("codes"))
        .matches(stats -> stats.acks() == 1 && stats.delayed() == 1 && stats.dead() == 1);
  }

  @Test
  void work_outputJson_tellsOfEveryMessage() throws Exception {
    put("told", "0", "1");
    assertThat(work("told --count 2 --delay 1h --output json", "read x; exit $x").err())
        .matches(
            """
            \\{"queue":"told","msg":\\d+,"attempt":1,"exit":0,"outcome":"done"}
            \\{"queue":"told","msg":\\d+,"attempt":1,"exit":1,"outcome":"given back"}
            \\{"message":"1 message done, 1 given back"}
            """);
  }

  @Test
  void work_lastAttemptFails_saysThatTheMessageIsDeadAndWhere() throws Exception {
    declare("finite", QueueDeclaration.DEFAULT.withAttempts(2));
    put("finite", "a");
    CommandRun.Result result = work("finite --until-empty --wait 0", "exit 7");
    assertThat(result.err())
        .matches(
            """
            baozi: message \\d+ of finite: exit code 7, attempt 1, given back
            baozi: message \\d+ of finite: exit code 7, attempt 2, dead, among the dead of finite
            baozi: 0 messages done, 1 given back, 1 dead
            """);
    assertThat(result.exit()).isZero();
    assertThat(server.stats("finite").dead()).isEqualTo(1);
  }

  @Test
  void work_lastAttemptFailsWithADeadLetter_namesIt() throws Exception {
    declare("mortal", QueueDeclaration.DEFAULT.withAttempts(1).withDeadLetter("spoilt"));
    put("mortal", "a");
    assertThat(work("mortal --until-empty --wait 0", "exit 7").err())
        .contains("exit code 7, attempt 1, dead, in queue spoilt (deadLetter)\n");
    put("mortal", "b");
    assertThat(work("mortal --until-empty --wait 0 --output json", "exit 7").err())
        .matches(
            """
            \\{"queue":"mortal","msg":\\d+,"attempt":1,"exit":7,"outcome":"dead","deadLetter":"spoilt"}
            \\{"message":"0 messages done, 1 dead"}
            """);
    assertThat(server.stats("spoilt").ready()).isEqualTo(2);
  }

  @Test
  void work_killedAtTheLastAttempt_saysThatTheMessageIsDead() throws Exception {
    declare("brief", QueueDeclaration.DEFAULT.withAttempts(1));
    put("brief", "a");
    CommandRun run = server.run();
    var result = begin(run, "brief", WAIT);
    run.awaitOut("run a\n");
    run.signal();
    run.signalAgain();
    assertThat(result.get().err()).endsWith("\nbaozi: interrupted; 0 messages done, 1 dead\n");
    assertThat(server.stats("brief").dead()).isEqualTo(1);
  }

  private static void declare(String queue, QueueDeclaration declaration) throws Exception {
    RealServer.await(server.client().queue(queue).declare(declaration));
  }

  @Test
  void work_failsAtFirst_getsTheMessageAgain() throws Exception {
    put("retried", "a");
    CommandRun.Result result =
        work("retried --until-empty --wait 0", "[ $BAOZI_ATTEMPT = 3 ] && echo $BAOZI_ATTEMPT");
    assertThat(result.out()).isEqualTo("3\n");
    assertThat(result.err()).endsWith("baozi: 1 message done, 2 given back\n");
  }

  @Test
  void work_severalAtOnce_doSoAndKeepLinesWhole() throws Exception {
    put("crew", "a", "b", "c");
    CommandRun run = server.run();
    var result =
        begin(run, "crew -n 3 --count 3", "read x; printf \"run $x,\"; cat gate.$x; printf $x");
    awaitReserved("crew", 3);
    openGate("c");
    openGate("b");
    openGate("a");
    assertThat(result.get().out().lines())
        .containsExactlyInAnyOrder("run a,a", "run b,b", "run c,c");
  }

  @Test
  void work_allAreBusy_takesNoMore() throws Exception {
    put("patient", "a", "b");
    CommandRun run = server.run();
    var result = begin(run, "patient --count 2", WAIT);
    awaitReserved("patient", 1);
    openGate("a");
    openGate("b");
    assertThat(result.get().out()).isEqualTo("run a\nend a\nrun b\nend b\n");
    assertThat(server.stats("patient").takes()).isEqualTo(2);
  }

  @Test
  void work_severalQueues_takesFromTheFirstThatHasSomething() throws Exception {
    put("usual", "b");
    put("urgent", "a");
    assertThat(work("urgent usual --until-empty --wait 0", "cat").out()).isEqualTo("ab");
  }

  @Test
  void work_standardInputUnread_isNoFailure() throws Exception {
    RealServer.await(server.client().queue("deaf").put(Buffer.buffer(new byte[90_000])));
    CommandRun.Result result = work("deaf --count 1", "exec <&-; echo closed");
    assertThat(result.out()).isEqualTo("closed\n");
    assertThat(result.err()).isEqualTo("baozi: 1 message done\n");
  }

  @Test
  void work_largeBodyAndOutput_passThrough() throws Exception {
    byte[] body = "0123456789\n".repeat(9_000).getBytes(StandardCharsets.UTF_8);
    RealServer.await(server.client().queue("large").put(Buffer.buffer(body)));
    RealServer.await(server.client().queue("large").put(Buffer.buffer(body)));
    CommandRun.Result result = work("large --count 2 -n 2", "cat; echo err >&2");
    assertThat(result.bytes()).hasSize(2 * body.length);
    assertThat(result.out().lines()).allMatch("0123456789"::equals);
    assertThat(result.err()).isEqualTo("err\nerr\nbaozi: 2 messages done\n");
  }

  @Test
  void work_noMessageInTime_timesOut() {
    CommandRun.Result result = work("idle --wait 1ms", "cat");
    assertThat(result.exit()).isEqualTo(124);
    assertThat(result.err()).isEqualTo("baozi: queue idle has no message ready; 0 messages done\n");
    assertThat(work("idle --until-empty --wait 1ms", "cat").exit()).isZero();
  }

  @Test
  void work_emptyWhileACommandRuns_waitsForWhatItGivesBack() throws Exception {
    put("bounced", "a");
    CommandRun run = server.run();
    var result =
        begin(
            run,
            "bounced --until-empty --wait 0 -n 2",
            "[ $BAOZI_ATTEMPT = 2 ] && exit 0; cat gate.a; exit 1");
    awaitReserved("bounced", 1);
    openGate("a");
    assertThat(result.get().err()).endsWith("baozi: 1 message done, 1 given back\n");
    assertThat(result.get().exit()).isZero();
  }

  @Test
  void work_longCommand_keepsItsMessageReserved() throws Exception {
    put("kept", "a");
    CommandRun run = server.run();
    var result = begin(run, "kept --count 1 --ttr 2s", WAIT);
    awaitReserved("kept", 1);
    long start = System.nanoTime();
    while (System.nanoTime() - start < 4_000_000_000L) {
      assertThat(server.stats("kept").reserved()).isEqualTo(1);
    }
    openGate("a");
    assertThat(result.get().err()).isEqualTo("baozi: 1 message done\n");
    assertThat(server.stats("kept").takes()).isEqualTo(1);
  }

  @Test
  void work_isInterrupted_takesNoMoreAndLetsTheCommandEnd() throws Exception {
    put("shift", "a", "b");
    CommandRun run = server.run();
    var result = begin(run, "shift", WAIT);
    run.awaitOut("run a\n");
    run.signal();
    run.awaitErr("interrupted; a command still runs, a second signal kills what runs\n");
    openGate("a");
    assertThat(result.get().out()).isEqualTo("run a\nend a\n");
    assertThat(result.get().err()).endsWith("\nbaozi: interrupted; 1 message done\n");
    assertThat(result.get().exit()).isEqualTo(130);
    assertThat(server.stats("shift").acks()).isEqualTo(1);
  }

  @Test
  void work_isInterruptedTwice_killsAndGivesBackAtOnce() throws Exception {
    put("killed", "a");
    CommandRun run = server.run();
    var result = begin(run, "killed --delay 1h", WAIT);
    run.awaitOut("run a\n");
    run.signal();
    run.signalAgain();
    assertThat(result.get().err())
        .endsWith("\nbaozi: interrupted; 0 messages done, 1 given back\n");
    assertThat(server.stats("killed").ready()).isEqualTo(1);
  }

  @Test
  void work_isInterruptedWhileItWaits_endsAtOnceAndTakesNothing() throws Exception {
    CommandRun run = server.run();
    var result = begin(run, "quiet", "cat");
    awaitWaitingTakes("quiet", 1);
    run.interrupt();
    assertThat(result.get().exit()).isEqualTo(130);
    awaitWaitingTakes("quiet", 0);
    put("quiet", "a");
    assertThat(server.stats("quiet").takes()).isZero();
  }

  @Test
  void work_commandThatCannotBeStarted_givesTheMessageBackAndEnds() throws Exception {
    put("broken", "a", "b");
    Path script = Files.writeString(dir.resolve("script"), "#!/no/such/shell\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    CommandRun.Result result = server.run().of("work", "broken", "--", script.toString());
    assertThat(result.err())
        .startsWith("baozi: the command cannot be started: ")
        .contains(script.toString())
        .endsWith("; 0 messages done\n")
        .hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
    awaitReserved("broken", 0);
    assertThat(server.stats("broken").ready()).isEqualTo(2);
  }

  @Test
  void work_nobodyReadsTheOutput_endsQuietlyAndGivesTheMessageBack() throws Exception {
    put("unread", "a", "b");
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    CommandRun run = server.run().stdout(closed);
    CommandRun.Result result = run.of(args("unread", "cat"));
    assertThat(result.exit()).isEqualTo(141);
    awaitReserved("unread", 0);
    assertThat(server.stats("unread").acks()).isZero();
    assertThat(server.stats("unread").ready()).isEqualTo(2);
  }

  @Test
  void work_reservationIsLost_saysSo() throws Exception {
    try (FakeServer fake =
        FakeServer.answering(
            call -> {
              switch (call.op()) {
                case "queue.declare" -> declared(call);
                case "queue.take" -> handOut(call);
                case "queue.touch" -> call.answer("touched", 0, "missing", new long[] {1});
                default -> call.answer("acked", 0, "missing", new long[] {1});
              }
            })) {
      CommandRun run = CommandRun.at(fake.port());
      var result = begin(run, "q --count 1 --ttr 20ms", WAIT);
      run.awaitErr("it may be run twice\n");
      openGate("a");
      assertThat(result.get().err())
          .isEqualTo(
              """
              baozi: message 1 of q: its reservation ran out while its command runs; it may be run twice
              baozi: message 1 of q: too late, its reservation had run out; it comes again
              baozi: 1 message done
              """);
    }
  }

  @Test
  void work_reservationOfTheLastAttemptIsLost_saysThatTheMessageIsDead() throws Exception {
    try (FakeServer fake =
        FakeServer.answering(
            call -> {
              switch (call.op()) {
                case "queue.declare" ->
                    call.answer("queue", "q", "order", "fifo", "ttr", 60_000, "attempts", 1);
                case "queue.take" -> handOut(call);
                default -> call.answer("acked", 0, "missing", new long[] {1});
              }
            })) {
      assertThat(CommandRun.at(fake.port()).of(args("q --count 1", "cat")).err())
          .startsWith("baozi: message 1 of q: too late, its reservation had run out; it is dead\n");
    }
  }

  @Test
  void work_serverGoesAway_letsTheCommandEndAndFails() throws Exception {
    var connection = new CompletableFuture<NetSocket>();
    try (FakeServer fake =
        FakeServer.answering(
            call -> {
              if (call.op().equals("queue.declare")) {
                declared(call);
              } else {
                handOut(call);
                connection.complete(call.socket());
              }
            })) {
      CommandRun run = CommandRun.at(fake.port());
      var result = begin(run, "q --ttr 1h", WAIT);
      run.awaitOut("run a\n");
      connection.get().close();
      run.awaitErr("; a command still runs\n");
      openGate("a");
      assertThat(result.get().out()).isEqualTo("run a\nend a\n");
      assertThat(result.get().err())
          .startsWith("baozi: the connection to ")
          .contains("message 1 of q: exit code 0, which the server was not told; it may come again")
          .endsWith("; 0 messages done\n");
      assertThat(result.get().exit()).isEqualTo(1);
    }
  }

  private static void declared(FakeServer.Call call) {
    call.answer("queue", "q", "order", "fifo", "ttr", 60_000);
  }

  /** Answers a take with message 1, {@code a}. */
  private static void handOut(FakeServer.Call call) {
    Json msgs = Json.of(List.of(Map.of("msg", 1, "attempt", 1)));
    Header answer =
        Header.of(
            "id",
            call.header().get("id"),
            "ok",
            true,
            "queue",
            "q",
            "msgs",
            msgs,
            "sizes",
            new long[] {1});
    call.send(answer, Buffer.buffer("a"));
  }
}
