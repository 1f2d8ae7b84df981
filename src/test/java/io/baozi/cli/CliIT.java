package io.baozi.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.baozi.client.Client;
import io.baozi.client.ClientOptions;
import io.baozi.client.QueueStats;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar as its users run it: server and commands are processes of their own. */
@Timeout(180)
class CliIT {
  private static final Pattern WHERE = Pattern.compile("baozi .* tcp [^ ]*:(\\d+), udp .*:(\\d+)");

  @TempDir Path dir;

  private final List<Process> started = new ArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private Process server;
  private String port;
  private String udpPort;

  @BeforeEach
  void serve() throws IOException {
    serve("0");
  }

  private void serve(String at) throws IOException {
    server =
        started(
            builder("serve", "--port", at, "--set", "udp.port=0")
                .redirectError(dir.resolve("log").toFile()));
    try (BufferedReader out = server.inputReader()) {
      Matcher where = WHERE.matcher(out.readLine());
      assertThat(where.matches()).isTrue();
      port = where.group(1);
      udpPort = where.group(2);
    }
  }

  @AfterEach
  void stop() {
    started.forEach(process -> process.destroyForcibly().onExit().join());
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private ProcessBuilder builder(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", System.getProperty("baozi.jar")));
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("BAOZI_DATA_DIR", dir.resolve("data").toString());
    if (port != null) {
      builder.environment().put("BAOZI_SERVER_PORT", port);
      builder.environment().put("BAOZI_UDP_PORT", udpPort);
    }
    return builder;
  }

  private Process started(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** A command whose standard output is the file {@code out}. */
  private Process toFile(String... args) throws IOException {
    return started(builder(args).redirectOutput(dir.resolve("out").toFile()));
  }

  private static String errors(Process process) throws Exception {
    String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
    process.waitFor();
    return errors;
  }

  /** A file of lines in UTF-8, blank ones among them, the last without newline. */
  private Path lines(int count) throws IOException {
    var random = new Random(count);
    Path file = dir.resolve("lines");
    try (var out = Files.newBufferedWriter(file)) {
      for (int i = 1; i < count; i++) {
        out.write((random.nextInt(5) == 0 ? "" : "ñandú 包子 " + i) + "\n");
      }
      out.write("the end");
    }
    return file;
  }

  /** Waits until a queue's figures are such. */
  private void await(String queue, Predicate<QueueStats> condition) throws Exception {
    ClientOptions options = ClientOptions.defaults().at("127.0.0.1", Integer.parseInt(port));
    Client client = RealServer.await(Client.connect(vertx, options));
    boolean isMet = false;
    while (!isMet) {
      isMet =
          RealServer.await(client.queues()).stream()
              .anyMatch(stats -> stats.queue().equals(queue) && condition.test(stats));
    }
    RealServer.await(client.close());
  }

  @Test
  void putAndTake_manyLinesAtOnce_giveTheSameFile() throws Exception {
    Path file = lines(120_000);
    Process take = toFile("take", "words", "--lines", "--until-empty", "--wait", "10s");
    Process put = toFile("put", "words", "--lines", file.toString());
    assertThat(errors(put)).startsWith("120000 messages put in words, ");
    assertThat(put.exitValue()).isZero();
    assertThat(errors(take)).isEmpty();
    assertThat(take.exitValue()).isZero();
    assertThat(Files.mismatch(file, dir.resolve("out"))).isEqualTo(-1);
  }

  @Test
  void put_serverIsToldToStopMidway_saysWhichLineIsTheFirstThatIsNotThere() throws Exception {
    Process put = toFile("put", "words", "--lines", lines(120_000).toString());
    await("words", stats -> stats.ready() == stats.capacity());
    server.destroy();
    assertThat(errors(put))
        .contains(
            "; 10000 messages put in words, line 10001 is the first that was not acknowledged")
        .hasLineCount(1);
    assertThat(put.exitValue()).isEqualTo(1);
    assertThat(server.waitFor()).isZero();
  }

  @Test
  void take_readerGoesAway_endsQuietlyAndGivesBackWhatIsNotWritten() throws Exception {
    Process put = toFile("put", "words", "--lines", lines(9_000).toString());
    assertThat(errors(put)).startsWith("9000 messages put in words, ");
    Process take = started(builder("take", "words", "--lines", "--until-empty"));
    try (BufferedReader out = take.inputReader()) {
      assertThat(out.readLine()).isNotNull();
    }
    assertThat(errors(take)).isEmpty();
    assertThat(take.exitValue()).isEqualTo(141);
    await("words", stats -> stats.reserved() == 0 && stats.ready() > 0);
  }

  @Test
  void take_isToldToStop_acknowledgesWhatIsWritten() throws Exception {
    Process put = toFile("put", "words", "--lines", lines(1_000).toString());
    assertThat(errors(put)).startsWith("1000 messages put in words, ");
    Process take = toFile("take", "words", "--lines", "--follow");
    long all = Files.size(dir.resolve("lines"));
    await("words", stats -> dir.resolve("out").toFile().length() == all);
    take.toHandle().destroy(); // unlike Process, it leaves the streams open
    assertThat(errors(take)).isEqualTo("baozi: interrupted\n");
    assertThat(take.exitValue()).isEqualTo(143);
    await("words", stats -> stats.acks() == 1_000 && stats.ready() == 0);
    assertThat(Files.mismatch(dir.resolve("lines"), dir.resolve("out"))).isEqualTo(-1);
  }

  @Test
  void work_isToldToStop_endsWhatRunsAndAcknowledgesIt() throws Exception {
    Process put = started(builder("put", "orders", "rye"));
    assertThat(errors(put)).isEmpty();
    Process work = toFile("work", "orders", "--", "sh", "-c", gated("cat; read x < %s"));
    await("orders", stats -> dir.resolve("out").toFile().length() > 0);
    work.toHandle().destroy(); // unlike Process, it leaves the streams open
    try (BufferedReader err = work.errorReader()) {
      assertThat(err.readLine())
          .isEqualTo("baozi: interrupted; a command still runs, a second signal kills what runs");
      Files.writeString(dir.resolve("gate"), "go\n");
      assertThat(err.readLine()).isEqualTo("baozi: interrupted; 1 message done");
    }
    assertThat(work.waitFor()).isEqualTo(143);
    await("orders", stats -> stats.acks() == 1 && stats.reserved() == 0);
    assertThat(dir.resolve("out")).hasContent("rye");
  }

  @Test
  void work_isToldToStopTwice_killsWhatRunsAndGivesItBack() throws Exception {
    Process put = started(builder("put", "orders", "rye"));
    assertThat(errors(put)).isEmpty();
    Process work =
        toFile(
            "work", "orders", "--delay", "1h", "--", "sh", "-c", gated("echo runs; read x < %s"));
    await("orders", stats -> dir.resolve("out").toFile().length() > 0);
    work.toHandle().destroy();
    try (BufferedReader err = work.errorReader()) {
      assertThat(err.readLine()).endsWith("a second signal kills what runs");
      work.toHandle().destroy();
      assertThat(err.readLine()).endsWith(": exit code 137, attempt 1, given back");
    }
    assertThat(work.waitFor()).isEqualTo(143);
    await("orders", stats -> stats.ready() == 1 && stats.takes() == 1);
  }

  @Test
  void lock_command_hasTheStreamsAndIsTheOnlyOneUntilItEnds() throws Exception {
    Process holder =
        started(
            builder(
                    "lock",
                    "oven",
                    "--",
                    "sh",
                    "-c",
                    gated("cat; echo err >&2; read x < %s; exit 7"))
                .redirectOutput(dir.resolve("out").toFile()));
    try (var in = holder.outputWriter()) {
      in.write("through");
    }
    awaitOut();
    Process other = started(builder("lock", "oven", "--fail", "--", "echo", "never"));
    assertThat(errors(other)).startsWith("baozi: lock oven is held by owner ").hasLineCount(1);
    assertThat(other.exitValue()).isEqualTo(1);
    Files.writeString(dir.resolve("gate"), "go\n");
    assertThat(errors(holder)).isEqualTo("err\n");
    assertThat(holder.exitValue()).isEqualTo(7);
    assertThat(dir.resolve("out")).hasContent("through");
    Process table = started(builder("locks"));
    assertThat(errors(table)).isEqualTo("baozi: nobody holds or waits for a lock or a semaphore\n");
  }

  @Test
  void lock_isToldToStop_passesItOnAndExitsAsTheCommandDoes() throws Exception {
    String script = "trap 'echo bye; exit 9' TERM; echo runs; while :; do sleep 0.1; done";
    Process lock = toFile("lock", "oven", "--", "sh", "-c", script);
    awaitOut();
    lock.toHandle().destroy(); // unlike Process, it leaves the streams open
    assertThat(errors(lock)).isEmpty();
    assertThat(lock.exitValue()).isEqualTo(9);
    assertThat(dir.resolve("out")).hasContent("runs\nbye");
    Process next = started(builder("lock", "oven", "--fail", "--", "true"));
    assertThat(next.waitFor()).isZero();
  }

  private void awaitOut() {
    while (dir.resolve("out").toFile().length() == 0) {
      Thread.onSpinWait();
    }
  }

  /** A script that waits for the file {@code gate} to be written to. */
  private String gated(String script) throws Exception {
    Path gate = dir.resolve("gate");
    assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
    return script.formatted(gate);
  }

  @Test
  void configuration_permitsAnAddressOfTheServers_isRefusedByCheckAsByServe() throws Exception {
    String file = dir.resolve("own.json").toString();
    Files.writeString(
        Path.of(file),
        "{\"bus\":{\"address\":\"mine\",\"permitted\":["
            + "{\"address\":\"mine.broker\",\"direction\":\"in\"}]}}");
    String refusal = "the address mine.broker is the server's own, clients may not reach it\n";
    Process check = toFile("config", "check", file);
    assertThat(errors(check)).isEqualTo("baozi: " + file + ": " + refusal);
    assertThat(check.exitValue()).isEqualTo(1);
    Process serve = toFile("serve", file);
    assertThat(errors(serve)).isEqualTo("baozi: " + refusal);
    assertThat(serve.exitValue()).isEqualTo(2);
  }

  @Test
  void udp_emptyDatagram_comesBack() throws Exception {
    Process udp = toFile("udp", "--empty", "--timeout", "20s");
    assertThat(errors(udp)).isEmpty();
    assertThat(udp.exitValue()).isZero();
  }

  @Test
  void anyBytes_throughEchoInAPlainLocale_areTheSame() throws Exception {
    ProcessBuilder builder = builder("echo", "包子");
    builder.environment().put("LC_ALL", "C");
    Process echo = started(builder);
    assertThat(new String(echo.getInputStream().readAllBytes(), UTF_8)).isEqualTo("包子");
  }

  @Test
  void data_ofAServer_isRefusedWhileItRunsAndThereOnceItHasStopped() throws Exception {
    Path file = lines(1_000);
    assertThat(errors(toFile("put", "words", "--lines", file.toString()))).startsWith("1000 ");
    assertThat(errors(toFile("data", "verify"))).contains("in use by process " + server.pid());
    server.destroy();
    server.waitFor();
    Process verify = toFile("data", "verify");
    assertThat(errors(verify)).isEmpty();
    assertThat(verify.exitValue()).isZero();
    assertThat(dir.resolve("out")).content().contains(" 1000 messages, ").endsWith("sound\n");
    String exported = dir.resolve("exported").toString();
    String copy = dir.resolve("copy").toString();
    assertThat(errors(toFile("data", "export", exported))).isEmpty();
    assertThat(errors(toFile("data", "import", exported, copy))).isEmpty();
    assertThat(errors(toFile("data", "compact", copy))).isEmpty();
    assertThat(errors(toFile("data", "dump", copy, "--queue", "words"))).isEmpty();
    assertThat(Files.readAllLines(dir.resolve("out"))).hasSize(1_001);
  }

  @Test
  void cp_serverIsKilledMidway_goesOnOnceItIsThereAgain() throws Exception {
    byte[] bytes = new byte[200_000_000];
    new Random(8).nextBytes(bytes);
    Path file = Files.write(dir.resolve("up"), bytes);
    Path files = dir.resolve("data/files");
    Process up = toFile("cp", file.toString(), "baozi:a/long", "-v");
    awaitPart(files.resolve("partial"));
    server.destroyForcibly().waitFor();
    assertThat(files.resolve("tree/a/long")).doesNotExist();
    serve(port);
    assertThat(errors(up).lines()).allMatch(line -> line.contains(" is away; waiting for it, "));
    assertThat(up.exitValue()).isZero();
    assertThat(dir.resolve("out")).content().endsWith("  " + file + " -> baozi:a/long\n");
    Process down = toFile("cp", "baozi:a/long", "-");
    assertThat(errors(down)).isEmpty();
    assertThat(Files.mismatch(file, dir.resolve("out"))).isEqualTo(-1);
    Path input = dir.resolve("up");
    Process fromFile = started(builder("cp", "-", "baozi:b").redirectInput(input.toFile()));
    assertThat(errors(fromFile)).isEmpty();
    assertThat(Files.mismatch(file, files.resolve("tree/b"))).isEqualTo(-1);
  }

  /** Waits until the server has some of a file. */
  private static void awaitPart(Path partials) throws IOException {
    boolean isThere = false;
    while (!isThere) {
      try (var parts = Files.exists(partials) ? Files.list(partials) : Stream.<Path>empty()) {
        isThere = parts.anyMatch(part -> part.toFile().length() > 1_000_000);
      }
    }
  }

  @Test
  void pipe_standardInputIsTheNullDevice_onlyReceives() throws Exception {
    ProcessBuilder receiving =
        builder("pipe", "hatch")
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(dir.resolve("out").toFile());
    Process receiver = started(receiving);
    Process sender = started(builder("pipe", "hatch"));
    try (var in = sender.outputWriter()) {
      in.write("a dozen");
    }
    assertThat(errors(sender)).isEmpty();
    assertThat(errors(receiver)).isEmpty();
    assertThat(receiver.exitValue()).isZero();
    assertThat(dir.resolve("out")).hasContent("a dozen");
  }
}
