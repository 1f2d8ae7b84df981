package io.baozi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.util.RawValue;
import io.baozi.client.PutOptions;
import io.baozi.client.QueueDeclaration;
import io.baozi.frame.Json;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk to a server, on one that behaves. */
@Timeout(60)
class ServerCommandsTest extends RealServerFixture {
  @TempDir Path dir;

  private static CommandRun.Result run(String... args) {
    return server.run().of(args);
  }

  private static void put(String queue, int count) throws Exception {
    for (int i = 1; i <= count; i++) {
      RealServer.await(server.client().queue(queue).put(Buffer.buffer("m" + i)));
    }
  }

  /** Waits until nothing in the queue is reserved any more, as a session's end brings it about. */
  private static long readyOnceGivenBack(String queue) throws Exception {
    var stats = server.stats(queue);
    while (stats.reserved() > 0) {
      stats = server.stats(queue);
    }
    return stats.ready();
  }

  @Test
  void ping_answered_printsTimesAndASummary() {
    CommandRun.Result result = run("ping", "-c", "2", "-i", "1ms");
    assertThat(result.out())
        .matches(
            """
            answer from 127.0.0.1:\\d+: seq=1 time=[\\d.]+ ms
            answer from 127.0.0.1:\\d+: seq=2 time=[\\d.]+ ms
            2 sent, 2 answered, min/avg/max = [\\d.]+/[\\d.]+/[\\d.]+ ms
            """);
    assertThat(result.exit()).isZero();
  }

  @Test
  void ping_json_isAnObjectALine() {
    assertThat(run("ping", "-c1", "--output=json").out())
        .matches(
            """
            \\{"seq":1,"ms":[\\d.]+}
            \\{"sent":1,"answered":1,"min":[\\d.]+,"avg":[\\d.]+,"max":[\\d.]+}
            """);
  }

  @Test
  void ping_interrupted_stillSummarises() throws Exception {
    var firstWritten = new CountDownLatch(1);
    var out = new ByteArrayOutputStream();
    CommandRun run = server.run().stdout(new Gate(out, firstWritten, new CountDownLatch(0)));
    CompletableFuture<CommandRun.Result> result =
        CompletableFuture.supplyAsync(() -> run.of("ping", "-c", "0", "-i", "1h"));
    firstWritten.await();
    run.interrupt();
    assertThat(result.get().exit()).isEqualTo(130);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("\n1 sent, 1 answered, min/avg/max");
  }

  @Test
  void echo_text_comesBackAsItIs() {
    assertThat(run("echo", "包子").out()).isEqualTo("包子");
    assertThat(run("echo", "").out()).isEmpty();
    assertThat(run("echo", "a\n", "--output", "json").out()).isEqualTo("{\"body\":\"a\\n\"}\n");
  }

  @Test
  void echo_standardInput_comesBackByteForByte() {
    byte[] bytes = new byte[100_000];
    new Random(7).nextBytes(bytes);
    assertThat(server.run().stdin(bytes).of("echo", "-").bytes()).isEqualTo(bytes);
    assertThat(server.run().stdin(new byte[] {-1}).of("echo", "--output=json").out())
        .isEqualTo("{\"base64\":\"/w==\"}\n");
  }

  @Test
  void echo_tooLarge_isRefusedBeforeItIsSent() {
    CommandRun.Result result = server.run().stdin(new byte[100_001]).of("echo", "-");
    assertThat(result.err())
        .isEqualTo(
            "baozi: standard input is longer than 100000 bytes, the most that the server takes"
                + " (maxMessage)\n");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void putAndTake_bodyOfAnyKind_isTheSame() throws Exception {
    Path file = Files.write(dir.resolve("f"), new byte[] {0, 10, -1});
    assertThat(run("put", "kinds", "a b").out()).matches("\\d+\n");
    assertThat(server.run().stdin("in\n").of("put", "kinds", "-").exit()).isZero();
    assertThat(run("put", "kinds", "--file", file.toString()).exit()).isZero();
    assertThat(run("put", "kinds", "", "--headers", "{\"n\":1.50}", "--output=json").out())
        .matches("\\{\"queue\":\"kinds\",\"msg\":\\d+,\"durable\":\"memory\"}\n");
    assertThat(run("take", "kinds").out()).isEqualTo("a b");
    assertThat(run("take", "kinds", "--lines").out()).isEqualTo("in\n\n");
    assertThat(run("take", "kinds", "-n", "2", "--output", "json").out())
        .matches(
            """
            \\{"queue":"kinds","msg":\\d+,"attempt":1,"base64":"AAr/"}
            \\{"queue":"kinds","msg":\\d+,"attempt":1,"headers":\\{"n":1.50?},"body":""}
            """);
    assertThat(server.stats("kinds").acks()).isEqualTo(4);
  }

  @Test
  void take_nothingThere_timesOut() {
    CommandRun.Result result = run("take", "nothing", "--wait", "0");
    assertThat(result.err()).isEqualTo("baozi: queue nothing has no message ready\n");
    assertThat(result.exit()).isEqualTo(124);
    assertThat(run("take", "nothing", "--wait", "10ms", "--output=json").err())
        .isEqualTo("{\"error\":\"empty\",\"message\":\"queue nothing has no message ready\"}\n");
  }

  @Test
  void take_fewerThanAsked_writesAndAcknowledgesThoseBeforeItTimesOut() throws Exception {
    put("few", 3);
    CommandRun.Result result = run("take", "few", "-n", "5", "--wait", "1ms", "--lines");
    assertThat(result.out()).isEqualTo("m1\nm2\nm3\n");
    assertThat(result.exit()).isEqualTo(124);
    assertThat(server.stats("few").acks()).isEqualTo(3);
  }

  @Test
  void take_untilEmptyWithACount_leavesTheRest() throws Exception {
    put("some", 5);
    CommandRun.Result result =
        run("take", "some", "-n3", "--until-empty", "--wait", "0", "--max-batch", "2");
    assertThat(result.out()).isEqualTo("m1m2m3");
    assertThat(result.exit()).isZero();
    assertThat(readyOnceGivenBack("some")).isEqualTo(2);
  }

  @Test
  void take_untilEmptyOfNothing_saysSoAndHowToWaitLonger() {
    CommandRun.Result result = run("take", "void", "--until-empty", "--wait", "10ms");
    assertThat(result.err())
        .isEqualTo("baozi: queue void was empty for 10 ms; --wait waits longer\n");
    assertThat(result.exit()).isZero();
    assertThat(run("take", "void", "--until-empty", "--wait", "0").err())
        .isEqualTo("baozi: queue void was empty; --wait waits for a message\n");
    CommandRun.Result json =
        run("take", "void", "--until-empty", "--wait", "10ms", "--output=json");
    assertThat(json.out()).isEmpty();
    assertThat(json.err())
        .isEqualTo("{\"message\":\"queue void was empty for 10 ms; --wait waits longer\"}\n");
  }

  @Test
  void take_untilEmptyOfSome_saysNothing() throws Exception {
    put("short", 1);
    assertThat(run("take", "short", "--until-empty", "--wait", "0").err()).isEmpty();
  }

  @Test
  void take_rawAtATerminal_endsTheLine() throws Exception {
    put("prompt", 3);
    RealServer.await(server.client().queue("prompt").put(Buffer.buffer("ended\n")));
    assertThat(atTerminal("take", "prompt")).isEqualTo("m1\n");
    assertThat(atTerminal("take", "prompt", "-n", "2")).isEqualTo("m2m3\n");
    assertThat(atTerminal("take", "prompt")).isEqualTo("ended\n");
    assertThat(atTerminal("take", "prompt", "--wait", "0")).isEmpty();
    assertThat(atTerminal("echo", "a")).isEqualTo("a\n");
    assertThat(atTerminal("udp", "a")).isEqualTo("a\n");
  }

  private static String atTerminal(String... args) {
    return server.run().atTerminal().of(args).out();
  }

  @Test
  void take_autoAck_leavesNothingToAcknowledge() throws Exception {
    put("auto", 2);
    assertThat(run("take", "auto", "-n2", "--auto-ack").out()).isEqualTo("m1m2");
    assertThat(server.stats("auto").acks()).isEqualTo(2);
  }

  @Test
  void put_full_timesOutAfterItsWait() {
    assertThat(server.run().stdin("1\n2\n3\n").of("put", "small", "--lines").exit()).isZero();
    CommandRun.Result alone = run("put", "small", "4", "--wait", "0");
    assertThat(alone.err()).isEqualTo("baozi: queue small holds 3 of 3 messages (capacity)\n");
    assertThat(alone.exit()).isEqualTo(124);
    assertThat(run("take", "small").out()).isEqualTo("1");
    CommandRun.Result lines =
        server.run().stdin("4\n5\n6\n").of("put", "small", "--lines", "--wait=10ms");
    assertThat(lines.err())
        .startsWith("baozi: queue small holds 3 of 3 messages (capacity)")
        .endsWith("; 1 message put in small, line 2 is the first that was not acknowledged\n");
    assertThat(lines.exit()).isEqualTo(124);
  }

  @Test
  void putLines_noRoomAtATerminal_saysThatItWaits() throws Exception {
    CommandRun run = server.run().stdin("1\n2\n3\n4\n").atTerminal();
    CompletableFuture<CommandRun.Result> result =
        CompletableFuture.supplyAsync(() -> run.of("put", "crowded", "--lines"));
    run.awaitErr("waiting for room");
    assertThat(run("take", "crowded", "-n", "4").out()).isEqualTo("1234");
    assertThat(result.get().err())
        .matches(
            """
            (baozi: waiting for room in crowded, which holds 2 of 2 messages; [02] messages acknowledged so far
            )+4 messages put in crowded, .*
            """);
  }

  @Test
  void put_noRoomAtATerminal_saysThatItWaits() throws Exception {
    RealServer.await(
        server.client().queue("narrow").declare(QueueDeclaration.DEFAULT.withCapacity(2)));
    put("narrow", 2);
    CommandRun run = server.run().atTerminal();
    CompletableFuture<CommandRun.Result> result =
        CompletableFuture.supplyAsync(() -> run.of("put", "narrow", "a"));
    run.awaitErr("waiting for room");
    assertThat(run("take", "narrow", "-n", "3").out()).isEqualTo("m1m2a");
    assertThat(result.get().err())
        .matches(
            "(baozi: waiting for room in narrow, which holds 2 of 2 messages; 0 messages acknowledged"
                + " so far\n)+");
    assertThat(result.get().exit()).isZero();
  }

  @Test
  void put_interruptedWhileItWaitsForRoom_saysSoAndPutsNothing() throws Exception {
    RealServer.await(
        server.client().queue("shut").declare(QueueDeclaration.DEFAULT.withCapacity(1)));
    put("shut", 1);
    CommandRun run = server.run();
    CompletableFuture<CommandRun.Result> result =
        CompletableFuture.supplyAsync(() -> run.of("put", "shut", "a"));
    while (server.stats("shut").waitingPuts() == 0) {
      assertThat(result).isNotDone();
    }
    run.interrupt();
    assertThat(result.get().err()).isEqualTo("baozi: interrupted\n");
    assertThat(result.get().exit()).isEqualTo(130);
    assertThat(run("take", "shut").out()).isEqualTo("m1");
    assertThat(run("take", "shut", "--wait", "0").exit()).isEqualTo(124);
  }

  @Test
  void take_headersWithAHostileNumber_areNoFault() throws Exception {
    for (String number : List.of("1e9999999999", "1".repeat(2000))) {
      PutOptions options =
          PutOptions.DEFAULT.withHeaders(
              Json.of(Map.of("n", new RawValue(number), "newline", false)));
      RealServer.await(server.client().queue("hostile").put(Buffer.buffer("a"), options));
      assertThat(run("peek", "hostile", "--output=json").out())
          .contains("\"n\":" + number)
          .hasLineCount(1);
      CommandRun.Result result = run("take", "hostile", "--lines");
      assertThat(result.err()).isEmpty();
      assertThat(result.out()).isEqualTo("a");
    }
  }

  @Test
  void putLines_tooLongALine_putsThoseBeforeIt() {
    CommandRun.Result result =
        server.run().stdin("a\nb\n" + "c".repeat(100_001)).of("put", "long", "--lines");
    assertThat(result.err())
        .isEqualTo(
            "baozi: line 3 is longer than 100000 bytes, the most that the server takes"
                + " (maxMessage); 2 messages put in long, line 3 is the first that was not"
                + " acknowledged\n");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(run("take", "long", "-n", "2", "--lines").out()).isEqualTo("a\nb\n");
  }

  @Test
  void putLines_missingFile_failsInALine() {
    String file = dir.resolve("no").toString();
    CommandRun.Result result = run("put", "q", "--lines", file);
    assertThat(result.err()).isEqualTo("baozi: cannot read " + file + ": no such file\n");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(run("put", "q", "--file", dir.toString()).err())
        .isEqualTo("baozi: cannot read " + dir + ": it is a directory\n");
  }

  @Test
  void putLines_nothing_isNoMessage() {
    assertThat(run("put", "q", "--lines").err()).startsWith("0 messages put in q, ");
    assertThat(run("put", "q", "--lines", "-", "--output=json").out())
        .startsWith("{\"queue\":\"q\",\"put\":0,\"seconds\":");
  }

  @Test
  void putLinesAndTakeLines_atOnce_giveTheSameFile() throws Exception {
    var text = new StringBuilder();
    var random = new Random(5);
    for (int i = 0; i < 30_000; i++) {
      text.append(random.nextInt(4) == 0 ? "" : "包子 " + i + (i % 3 == 0 ? "\r" : ""));
      text.append('\n');
    }
    Path file = Files.writeString(dir.resolve("lines"), text + "no newline here");
    CompletableFuture<CommandRun.Result> taken =
        CompletableFuture.supplyAsync(() -> run("take", "file", "--lines", "--until-empty"));
    CommandRun.Result put = run("put", "file", "--lines", file.toString());
    assertThat(put.err()).matches("30001 messages put in file, [\\d.]+ s, [\\d,]+/s\n");
    assertThat(taken.get().exit()).isZero();
    assertThat(taken.get().bytes()).isEqualTo(Files.readAllBytes(file));
    assertThat(server.stats("file").acks()).isEqualTo(30_001);
  }

  @Test
  void putLines_sourceStillOpen_putsWhatHasCome() throws Exception {
    var producer = new PipedOutputStream();
    var in = new PipedInputStream(producer);
    CompletableFuture<CommandRun.Result> result =
        CompletableFuture.supplyAsync(() -> server.run().stdin(in).of("put", "live", "--lines"));
    producer.write("first\nsec".getBytes(StandardCharsets.UTF_8));
    producer.flush();
    assertThat(run("take", "live").out()).isEqualTo("first");
    producer.write("ond\n".getBytes(StandardCharsets.UTF_8));
    producer.close();
    assertThat(result.get().exit()).isZero();
    assertThat(run("take", "live").out()).isEqualTo("second");
  }

  @Test
  void putLines_interrupted_saysHowFarItCame() throws Exception {
    CommandRun run = server.run().stdin("1\n2\n3\n4\n5\n");
    CompletableFuture<CommandRun.Result> result =
        CompletableFuture.supplyAsync(() -> run.of("put", "tight", "--lines"));
    RealServer.await(server.client().queue("tight").take());
    run.interrupt();
    assertThat(result.get().exit()).isEqualTo(130);
    assertThat(result.get().err())
        .isEqualTo(
            "baozi: interrupted; 0 messages put in tight, line 1 is the first that was not"
                + " acknowledged, 5 of lines 1 to 5 may have been put all the same\n");
  }

  @Test
  void take_interrupted_acknowledgesWhatIsWrittenAndGivesTheRestBack() throws Exception {
    put("stop", 10);
    var firstWritten = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var out = new ByteArrayOutputStream();
    CommandRun run = server.run().stdout(new Gate(out, firstWritten, goOn));
    CompletableFuture<CommandRun.Result> result =
        CompletableFuture.supplyAsync(
            () -> run.of("take", "stop", "--follow", "--lines", "--max-batch", "2"));
    firstWritten.await();
    CompletableFuture<Void> interrupted =
        CompletableFuture.runAsync(
            () -> {
              try {
                run.interrupt();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    run.awaitRequest();
    goOn.countDown();
    assertThat(result.get().exit()).isEqualTo(130);
    interrupted.get();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("m1\nm2\n");
    assertThat(readyOnceGivenBack("stop")).isEqualTo(8);
    assertThat(server.stats("stop").acks()).isEqualTo(2);
  }

  @Test
  void take_outputBreaks_endsQuietlyAndGivesBackWhatWasNotWritten() throws Exception {
    put("pipe", 10);
    CommandRun.Result result =
        server.run().stdout(new Breaking("Broken pipe")).of("take", "pipe", "-n9", "--max-batch=3");
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isEqualTo(141);
    assertThat(readyOnceGivenBack("pipe")).isEqualTo(7);
  }

  @Test
  void take_outputFull_saysSo() throws Exception {
    put("disk", 2);
    CommandRun.Result result =
        server
            .run()
            .stdout(new Breaking("No space left on device"))
            .of("take", "disk", "-n2", "--max-batch=1");
    assertThat(result.err())
        .isEqualTo("baozi: cannot write to standard output: No space left on device\n");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(readyOnceGivenBack("disk")).isEqualTo(1);
  }

  @Test
  void udp_datagram_comesBack() {
    assertThat(run("udp", "包子").out()).isEqualTo("包子");
    assertThat(server.run().stdin(new byte[65507]).of("udp", "-").bytes()).hasSize(65507);
    assertThat(run("udp", "a", "--output=json").out())
        .matches("\\{\"ms\":[\\d.]+,\"body\":\"a\"}\n");
  }

  @Test
  void udp_empty_comesBackToo() {
    assertThat(run("udp", "--empty").exit()).isZero();
    assertThat(run("udp", "", "--output=json").out()).matches("\\{\"ms\":[\\d.]+,\"body\":\"\"}\n");
  }

  @Test
  void udp_tooLong_isRefused() {
    CommandRun.Result result = server.run().stdin(new byte[65508]).of("udp");
    assertThat(result.err())
        .isEqualTo(
            "baozi: standard input is longer than 65507 bytes, the most that a datagram holds\n");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void udp_noEcho_timesOut() throws Exception {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      CommandRun.Result result =
          CommandRun.run("udp", "a", "--port", "" + silent.getLocalPort(), "--timeout", "50ms");
      assertThat(result.err())
          .matches(
              "baozi: no echo from UDP port 127.0.0.1:\\d+ within 50 ms; UDP does not tell whether"
                  + " anybody listens there\n");
      assertThat(result.exit()).isEqualTo(124);
    }
  }

  /** Lets the first write through, and the second once told. */
  private static final class Gate extends OutputStream {
    private final OutputStream out;
    private final CountDownLatch reached;
    private final CountDownLatch goOn;

    Gate(OutputStream out, CountDownLatch reached, CountDownLatch goOn) {
      this.out = out;
      this.reached = reached;
      this.goOn = goOn;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      reached.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  /** Takes one write and no more. */
  private static final class Breaking extends OutputStream {
    private final String message;
    private boolean isBroken;

    Breaking(String message) {
      this.message = message;
    }

    @Override
    public void write(int b) throws IOException {
      if (isBroken) {
        throw new IOException(message);
      }
      isBroken = true;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      write(0);
    }
  }
}
