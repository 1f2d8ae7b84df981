package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baozi.client.Lease;
import io.baozi.client.LockInfo;
import io.baozi.client.LockOptions;
import io.baozi.client.Permits;
import io.baozi.client.SemaphoreInfo;
import io.baozi.client.SemaphoreOptions;
import io.baozi.frame.Header;
import io.baozi.frame.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands under a lock or with permits, on a real server and on one that misbehaves. */
@Timeout(60)
class GuardCommandTest extends RealServerFixture {
  /** Says that it runs, and does so until the gate is opened. */
  private static final String WAIT = "echo up > up; read x < gate; ";

  @TempDir Path dir;

  @BeforeEach
  void makeGates() throws Exception {
    Process made = new ProcessBuilder("mkfifo", dir + "/gate", dir + "/up").start();
    assertThat(made.waitFor()).isZero();
  }

  /** The arguments, in front of a script that runs in the test's folder. */
  private String[] args(String arguments, String script) {
    String[] words = arguments.split(" ");
    String[] args = Arrays.copyOf(words, words.length + 4);
    args[words.length] = "--";
    args[words.length + 1] = "sh";
    args[words.length + 2] = "-c";
    args[words.length + 3] = "cd " + dir + "; " + script;
    return args;
  }

  private CommandRun.Result run(String arguments, String script) {
    return server.run().of(args(arguments, script));
  }

  private CompletableFuture<CommandRun.Result> begin(
      CommandRun run, String arguments, String script) {
    String[] args = args(arguments, script);
    return CompletableFuture.supplyAsync(() -> run.of(args));
  }

  /** Waits until a script has come to {@code up}; gives what it says there. */
  private String awaitUp() throws IOException {
    return Files.readString(dir.resolve("up")).strip();
  }

  private void openGate() throws IOException {
    Files.newOutputStream(dir.resolve("gate")).close();
  }

  private String out() throws IOException {
    return Files.readString(dir.resolve("out"));
  }

  private static LockInfo lock(String name) throws Exception {
    return RealServer.await(server.client().lock(name).info());
  }

  private static SemaphoreInfo semaphore(String name) throws Exception {
    return RealServer.await(server.client().semaphore(name).info());
  }

  private static void awaitWaiting(String lock) throws Exception {
    while (lock(lock).waiting() == 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void lock_command_runsUnderItAndKnowsIt() throws Exception {
    var result =
        begin(
            server.run(),
            "lock oven --owner ann",
            WAIT + "echo $BAOZI_LOCK > out; echo $BAOZI_TOKEN >> out; exit 7");
    awaitUp();
    LockInfo.Holder holder = lock("oven").holders().get(0);
    assertThat(holder.owner()).isEqualTo("ann");
    assertThat(holder.mode()).isEqualTo("exclusive");
    openGate();
    assertThat(result.get().exit()).isEqualTo(7);
    assertThat(result.get().err()).isEmpty();
    assertThat(out()).isEqualTo("oven\n" + holder.token() + "\n");
    assertThat(lock("oven").holding()).isZero();
  }

  @Test
  void lock_noOwnerIsGiven_isHeldByUserHostAndProcess() throws Exception {
    var result = begin(server.run(), "lock signed", WAIT + "exit 0");
    awaitUp();
    assertThat(lock("signed").holders().get(0).owner())
        .matches(System.getProperty("user.name") + "@.+:" + ProcessHandle.current().pid());
    openGate();
    assertThat(result.get().exit()).isZero();
  }

  @Test
  void lock_commandIsKilled_exitsAsAShellWouldAndReleases() throws Exception {
    assertThat(run("lock mortal", "kill -9 $$").exit()).isEqualTo(137);
    assertThat(lock("mortal").holding()).isZero();
  }

  @Test
  void lock_lineForAShell_isRun() {
    CommandRun.Result result = server.run().of("lock", "shell", "-c", "exit $((3 + 4))");
    assertThat(result.exit()).isEqualTo(7);
  }

  @Test
  void lock_commandIsNotThereOrCannotBeRun_saysSoAndReleases() throws Exception {
    Path script = Files.writeString(dir.resolve("script"), "exit 0\n");
    CommandRun.Result missing = server.run().of("lock", "idle", "--", "/no/such");
    assertThat(missing.err()).isEqualTo("baozi: there is no program /no/such\n");
    assertThat(missing.exit()).isEqualTo(127);
    assertThat(server.run().of("lock", "idle", "--", "no-such-program").exit()).isEqualTo(127);
    CommandRun.Result text = server.run().of("lock", "idle", "--", script.toString());
    assertThat(text.err()).startsWith("baozi: cannot run " + script + ": ");
    assertThat(text.exit()).isEqualTo(126);
    assertThat(lock("idle").holding()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "--fail, 1",
    "-n -E 42, 42",
    "--wait 0, 124",
    "--wait 1ms, 124",
    "--wait 1ms --conflict-exit-code 0, 0",
  })
  void lock_isTaken_exitsAsItIsTold(String options, int exit) throws Exception {
    Lease lease =
        RealServer.await(
            server.client().lock("taken").acquire(LockOptions.DEFAULT.withOwner("ann")));
    CommandRun.Result result = run("lock taken " + options, "echo ran > out");
    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.err()).startsWith("baozi: lock taken is held by owner ann of session ");
    assertThat(dir.resolve("out")).doesNotExist();
    RealServer.await(lease.release());
  }

  @Test
  void lock_isTaken_waitsAndThenRuns() throws Exception {
    Lease lease = RealServer.await(server.client().lock("line").acquire());
    var result = begin(server.run(), "lock line", "exit 3");
    awaitWaiting("line");
    RealServer.await(lease.release());
    assertThat(result.get().exit()).isEqualTo(3);
  }

  @Test
  void lock_isInterruptedWhileItWaits_leavesTheLine() throws Exception {
    Lease lease = RealServer.await(server.client().lock("left").acquire());
    CommandRun run = server.run();
    var result = begin(run, "lock left", "exit 3");
    awaitWaiting("left");
    run.interrupt();
    assertThat(result.get().exit()).isEqualTo(130);
    while (lock("left").waiting() > 0) {
      Thread.onSpinWait();
    }
    RealServer.await(lease.release());
  }

  @Test
  void lock_shared_isHeldBesideOthers() throws Exception {
    var result = begin(server.run(), "lock menu --shared", WAIT + "exit 0");
    awaitUp();
    assertThat(run("lock menu -s --fail", "exit 0").exit()).isZero();
    assertThat(run("lock menu --fail", "exit 0").exit()).isEqualTo(1);
    openGate();
    assertThat(result.get().exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"TERM, 15", "INT, 2", "HUP, 1"})
  void lock_signalComes_isTheCommandsAndTheLockIsReleasedAfterIt(String name, int number)
      throws Exception {
    assumeTrue(isHeard(name));
    CommandRun run = server.run();
    var result =
        begin(
            run,
            "lock signalled",
            "trap 'echo %s > out; exit %d' %s; echo up > up; while :; do read x < gate; done"
                .formatted(name, 40 + number, name));
    awaitUp();
    run.signalThrough(name);
    assertThat(result.get().exit()).isEqualTo(40 + number);
    assertThat(result.get().err()).isEmpty();
    assertThat(out()).isEqualTo(name + "\n");
    assertThat(lock("signalled").holding()).isZero();
  }

  /** Whoever runs the tests in the background may have its shell ignore signals, for all below. */
  private static boolean isHeard(String signal) throws Exception {
    String script = "trap 'exit 3' %s; kill -s %s $$; exit 0".formatted(signal, signal);
    return new ProcessBuilder("sh", "-c", script).start().waitFor() == 3;
  }

  @Test
  void lock_signalCannotBeDiverted_isTermForTheCommand() throws Exception {
    CommandRun run = server.run();
    var result = begin(run, "lock hooked", "exec sh -c 'echo up > up; exec tail -f /dev/null'");
    awaitUp();
    run.interrupt();
    assertThat(result.get().exit()).isEqualTo(143);
    assertThat(lock("hooked").holding()).isZero();
  }

  @Test
  void lock_isLost_endsTheCommandAndAllThatItHasStarted() throws Exception {
    try (FakeServer fake = FakeServer.answering(GuardCommandTest::grantAndLose)) {
      CommandRun run = CommandRun.at(fake.port());
      CommandRun.Result result =
          run.of(
              args(
                  "lock q --lease 1h --kill-after 1m",
                  "tail -f /dev/null > /dev/null 2>&1 & echo $! > out; wait"));
      assertThat(result.err())
          .startsWith("baozi: ")
          .contains("lock q")
          .endsWith("; the command gets SIGTERM, and SIGKILL after 1m\n")
          .hasLineCount(1);
      assertThat(result.exit()).isEqualTo(125);
    }
  }

  @Test
  void lock_isLostAndTheCommandIsDeafToTerm_isKilled() throws Exception {
    try (FakeServer fake = FakeServer.answering(GuardCommandTest::grantAndLose)) {
      CommandRun run = CommandRun.at(fake.port());
      var result =
          begin(run, "lock q --lease 1h --kill-after 10ms", "trap '' TERM; read x < gate; exit 0");
      assertThat(result.get().exit()).isEqualTo(125);
    }
  }

  /** Grants what is asked for, and the next moment takes it back. */
  private static void grantAndLose(FakeServer.Call call) {
    switch (call.op()) {
      case "lock.acquire" -> {
        call.answer("token", 7, "holds", 1);
        String owner = call.header().text("owner");
        call.send(
            Header.of("op", "lock.lost", "lock", "q", "token", 7, "owner", owner), Buffer.buffer());
      }
      default -> call.refuse("not_owner", "lost");
    }
  }

  @Test
  void lock_serverGoesAway_endsTheCommand() throws Exception {
    try (FakeServer fake =
        FakeServer.answering(
            call -> {
              call.answer("token", 7, "holds", 1);
              call.socket().close();
            })) {
      CommandRun.Result result =
          CommandRun.at(fake.port()).of(args("lock q", "exec tail -f /dev/null"));
      assertThat(result.err()).contains("lost with the session");
      assertThat(result.exit()).isEqualTo(125);
    }
  }

  @Test
  void lock_connectionIsCutAndThereIsAGrace_isHeldAllTheSame() throws Exception {
    try (Relay relay = new Relay(server.port())) {
      var result = begin(CommandRun.at(relay.port()), "lock kept --grace 30s", WAIT + "exit 3");
      awaitUp();
      long token = lock("kept").holders().get(0).token();
      relay.cut();
      relay.awaitConnection();
      assertThat(lock("kept").holders().get(0).token()).isEqualTo(token);
      openGate();
      assertThat(result.get().exit()).isEqualTo(3);
      assertThat(result.get().err()).isEmpty();
      assertThat(lock("kept").holding()).isZero();
    }
  }

  @Test
  void lock_turnsOutToBeLostAtTheEnd_saysSo() throws Exception {
    try (FakeServer fake =
        FakeServer.answering(
            call -> {
              if (call.op().equals("lock.acquire")) {
                call.answer("token", 7, "holds", 1);
              } else {
                call.refuse("not_owner", "you do not hold it");
              }
            })) {
      CommandRun.Result result = CommandRun.at(fake.port()).of(args("lock q", "exit 3"));
      assertThat(result.err())
          .isEqualTo(
              "baozi: the command ended with exit code 3, but lock q may have been lost before: you"
                  + " do not hold it\n");
      assertThat(result.exit()).isEqualTo(125);
    }
  }

  @Test
  void lock_deadlock_tellsTheCycle() throws Exception {
    try (FakeServer fake = FakeServer.answering(GuardCommandTest::refuseWithACycle)) {
      CommandRun.Result text = CommandRun.at(fake.port()).of(args("lock b", "exit 0"));
      assertThat(text.err())
          .isEqualTo(
              """
              baozi: you hold a and would wait for b
                632aeed7 holds a and waits for b
                9d30e05f/t1 holds b and waits for a
              """);
      assertThat(text.exit()).isEqualTo(1);
      String json = CommandRun.at(fake.port()).of(args("lock b --output json", "exit 0")).err();
      assertThat(JsonLine.read(json).get("cycle").get(1).get("owner").asText()).isEqualTo("t1");
      assertThat(json).hasLineCount(1);
    }
  }

  private static void refuseWithACycle(FakeServer.Call call) {
    List<Map<String, Object>> cycle =
        List.of(
            Map.of("session", "632aeed780436153", "waits", "b", "holds", "a", "since", 5),
            Map.of(
                "session",
                "9d30e05f5c3b45b8",
                "owner",
                "t1",
                "waits",
                "a",
                "holds",
                "b",
                "since",
                4));
    call.send(
        Header.of(
            "id",
            call.header().get("id"),
            "ok",
            false,
            "error",
            "deadlock",
            "message",
            "you hold a and would wait for b",
            "cycle",
            Json.of(cycle)),
        Buffer.buffer());
  }

  @Test
  void sem_command_holdsItsPermitsAndKnowsThem() throws Exception {
    var result =
        begin(
            server.run(),
            "sem trays --limit 3 --permits 2",
            WAIT + "echo $BAOZI_SEMAPHORE $BAOZI_PERMITS > out; exit 7");
    awaitUp();
    assertThat(semaphore("trays").available()).isEqualTo(1);
    assertThat(run("sem trays", "exit 0").exit()).isZero();
    assertThat(run("sem trays --permits 2 --fail", "exit 0").exit()).isEqualTo(1);
    CommandRun.Result conflict = run("sem trays --limit 4", "exit 0");
    assertThat(conflict.exit()).isEqualTo(1);
    assertThat(conflict.err()).contains("limit");
    openGate();
    assertThat(result.get().exit()).isEqualTo(7);
    assertThat(out()).isEqualTo("trays 2\n");
    assertThat(semaphore("trays").holding()).isZero();
  }

  @Test
  void locks_held_areRowsOfATable() throws Exception {
    Lease lease =
        RealServer.await(
            server.client().lock("shelf").acquire(LockOptions.DEFAULT.withOwner("ann")));
    Permits permits =
        RealServer.await(
            server
                .client()
                .semaphore("shelf")
                .acquire(SemaphoreOptions.DEFAULT.withLimit(4).withPermits(3)));
    var waiting = begin(server.run(), "lock shelf --shared --owner bob", "exit 0");
    awaitWaiting("shelf");
    assertThat(server.run().of("locks", "shelf").out())
        .matches(
            """
            NAME   KIND       STATE  SHARE      WHO           FOR +TOKEN
            shelf  lock       held   exclusive  [0-9a-f]{8}/ann  \\S+ +%d
            shelf  lock       waits  shared     [0-9a-f]{8}/bob  \\S+ +-
            shelf  semaphore  held   3 of 4     [0-9a-f]{8}      \\S+ +-
            """
                .formatted(lease.token()));
    assertThat(server.run().of("locks").out()).contains("shelf  semaphore  held ");
    assertThat(server.run().of("locks", "--graph").out())
        .containsPattern(
            "/bob\\n  waits \\S+ for lock shelf, shared, number 1 in line\\n"
                + "    [0-9a-f]{8}/ann holds it for \\S+, exclusive\\n");
    assertThat(server.run().of("locks", "--graph", "--output", "json").out())
        .contains("\"owner\":\"bob\",\"lock\":\"shelf\",\"share\":\"shared\"");
    assertThat(server.run().of("locks", "shelf", "--output", "json").out())
        .contains("{\"lock\":\"shelf\",\"holders\":[{\"session\":")
        .contains("{\"semaphore\":\"shelf\",\"limit\":4,\"available\":1,")
        .doesNotContain("null")
        .hasLineCount(2);
    RealServer.await(lease.release());
    RealServer.await(permits.release());
    assertThat(waiting.get().exit()).isZero();
  }

  @Test
  void locks_nobodyHoldsIt_saysSo() {
    CommandRun.Result result = server.run().of("locks", "nothing");
    assertThat(result.err()).isEqualTo("baozi: nobody holds or waits for nothing\n");
    assertThat(result.out()).isEmpty();
    assertThat(result.exit()).isZero();
  }
}
